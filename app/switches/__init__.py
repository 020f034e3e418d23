"""Pages by which functions are taken into use (fi käyttöönotto, sv ibruktagande); the functions themselves are declared in `app.web.switches`."""
