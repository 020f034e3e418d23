// How far a long work has come, asked again every two seconds. Without this file a link on the page does the same.
(() => {
  "use strict";

  const place = () => document.querySelector("[data-progress]");

  // When the work has come to another state, its buttons and what stands below them are others too: the page is read anew,
  // and its parts take the place of the old ones. The keyboard stays where it was unless what it was on has gone.
  const renew = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = document.activeElement?.closest("main") ? document.activeElement.textContent : null;
    document.getElementById("main").replaceChildren(...page.getElementById("main").childNodes);
    if (focused !== null) {
      const same = [...document.querySelectorAll("main a, main button")].find((item) => item.textContent === focused);
      (same || document.getElementById("main")).focus();
    }
  };

  const show = (told) => {
    const section = place();
    const bar = section.querySelector("progress");
    if (!bar !== !told.total || told.state !== section.dataset.state) return false;
    const words = section.querySelector("[data-told]");
    // Assistive technology reads the sentence out when it changes, not every figure.
    if (words.textContent !== told.text) words.textContent = told.text;
    if (bar) {
      bar.max = told.total;
      bar.value = told.done;
      section.querySelector("#progress-bar-text").textContent = told.done_text;
    }
    return true;
  };

  const ask = async () => {
    if (!document.hidden && place()) {
      try {
        const answer = await fetch(place().dataset.progress, { credentials: "same-origin" });
        if (answer.ok) {
          const told = await answer.json();
          if (!show(told)) await renew();
          if (told.is_over) return;
        }
      } catch {
        // The service is away for a moment; the next question finds it again.
      }
    }
    setTimeout(ask, 2000);
  };
  setTimeout(ask, 2000);
})();
