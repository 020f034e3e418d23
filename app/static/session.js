// A warning five minutes before the session ends, with a way to go on (WCAG 2.2, 2.2.1).
(() => {
  "use strict";

  const WARN_MS = 5 * 60 * 1000;
  const dialog = document.querySelector("dialog.session");
  if (!dialog) return;
  const failed = dialog.querySelector("[role=alert]");
  let timer = 0;

  const warn = () => {
    if (!dialog.open) dialog.showModal();
  };
  const wait = (ends) => {
    clearTimeout(timer);
    timer = setTimeout(warn, Math.max(0, new Date(ends) - Date.now() - WARN_MS));
  };
  // The pages were told the end when they were made; this one has moved it.
  const told = (ends, isLast) => {
    const clock = { hour: "numeric", minute: "2-digit", timeZone: "Europe/Helsinki" };
    dialog.querySelector("[data-clock]").textContent = new Date(ends).toLocaleTimeString(document.documentElement.lang, clock);
    dialog.querySelector("[data-last]").hidden = !isLast;
    dialog.querySelector("[data-continue]").hidden = isLast;
  };
  dialog.querySelector("[data-continue]").addEventListener("click", async () => {
    try {
      const answer = await fetch("/session/continue", {
        method: "POST",
        credentials: "same-origin",
        headers: { "X-CSRFToken": document.querySelector('meta[name="csrf-token"]')?.content || "" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { ends, is_last: isLast } = await answer.json();
      wait(ends);
      told(ends, isLast);
      failed.hidden = true;
      dialog.close();
    } catch {
      failed.hidden = false;
    }
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  wait(dialog.dataset.ends);
})();
