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
  dialog.querySelector("[data-continue]").addEventListener("click", async () => {
    try {
      const answer = await fetch("/session/continue", {
        method: "POST",
        credentials: "same-origin",
        headers: { "X-CSRFToken": document.querySelector('meta[name="csrf-token"]')?.content || "" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      wait((await answer.json()).ends);
      failed.hidden = true;
      dialog.close();
    } catch {
      failed.hidden = false;
    }
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  wait(dialog.dataset.ends);
})();
