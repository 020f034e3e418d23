// Small comforts. Every page works without this file.
(() => {
  "use strict";

  const token = () => document.querySelector('meta[name="csrf-token"]')?.content || "";

  // After a failed save the keyboard starts from the list of errors.
  document.querySelector(".error-summary:not(.example *)")?.focus();

  // "/" goes to the search of clients from anywhere but a field, unless the reader has switched such keys off.
  document.addEventListener("keydown", (event) => {
    const find = "singleKeys" in document.body.dataset && document.getElementById("find-q");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !find) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    find.focus();
  });

  // One press sends a form once. The pressed button keeps its name and value:
  // the buttons are switched off only after the browser has gathered the form.
  const release = (form) => {
    delete form.dataset.sent;
    for (const item of form.elements) {
      if (item.dataset.held) {
        delete item.dataset.held;
        item.disabled = false;
      }
    }
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => {
      for (const item of form.elements) {
        if (item.type === "submit" && !item.disabled) {
          item.dataset.held = "yes";
          item.disabled = true;
        }
      }
    }, 0);
    setTimeout(() => release(form), 8000); // a download or a cut connection leaves the page in place
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) [...document.forms].forEach(release);
  });

  // What is typed is kept on the server as a draft; the browser itself stores nothing.
  const keepDraft = (form) => {
    const status = form.querySelector(".draft-status");
    let timer = 0;
    let last = "";
    const isKept = (name) => name !== "csrf_token" && !name.endsWith("_secret");
    const fields = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && isKept(name));
    const send = async () => {
      clearTimeout(timer);
      const found = fields();
      const now = JSON.stringify(found);
      if (form.dataset.sent || now === last) return;
      last = now;
      const sent = { place: form.getAttribute("action"), form: form.elements._form?.value, fields: found };
      try {
        const answer = await fetch("/drafts/keep", {
          method: "POST",
          credentials: "same-origin",
          keepalive: now.length < 50000,
          headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
          body: JSON.stringify(sent),
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const clock = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
        status.textContent = form.dataset.kept.replace("#", clock);
      } catch {
        last = "";
        status.textContent = form.dataset.lost;
      }
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(send, 1000);
    };
    last = JSON.stringify(fields());
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") send();
    });
  };
  document.querySelectorAll("form[data-draft]").forEach(keepDraft);

  // A text field with suggestions (ARIA combobox with a listbox).
  const enhance = (box) => {
    const input = box.querySelector('input[type="text"]');
    const hidden = box.querySelector('input[type="hidden"]');
    const list = document.createElement("ul");
    const status = document.createElement("p");
    let options = [];
    let active = -1;
    let timer = 0;
    let asked = 0;

    list.id = `${input.id}-list`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.listLabel);
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    box.append(list, status);

    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const mark = (index) => {
      active = index;
      [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
      if (index < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", list.children[index].id);
      return list.children[index].scrollIntoView({ block: "nearest" });
    };
    const choose = (index) => {
      clearTimeout(timer);
      asked += 1;
      hidden.value = options[index].id;
      input.value = options[index].text;
      // Drafts and fields that depend on this one hear of the choice.
      hidden.dispatchEvent(new Event("change", { bubbles: true }));
      status.textContent = "";
      close();
    };
    const open = (found) => {
      options = found;
      list.replaceChildren(...found.map((option, at) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${at}`;
        item.setAttribute("role", "option");
        item.textContent = option.text;
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => choose(at));
        return item;
      }));
      status.textContent = found.length ? box.dataset.count.replace("#", found.length) : box.dataset.none;
      if (!found.length) return close();
      mark(-1);
      list.hidden = false;
      return input.setAttribute("aria-expanded", "true");
    };
    const ask = async () => {
      const mine = ++asked;
      try {
        const answer = await fetch(box.dataset.url, {
          method: "POST",
          credentials: "same-origin",
          headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
          body: JSON.stringify({ q: input.value.trim() }),
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const found = await answer.json();
        if (mine === asked && document.activeElement === input) open(found);
      } catch {
        if (mine === asked) close(); // what was typed still goes to the server as it is
      }
    };

    input.addEventListener("input", () => {
      hidden.value = "";
      clearTimeout(timer);
      asked += 1;
      if (input.value.trim().length < 1) return close();
      timer = setTimeout(ask, 200);
      return undefined;
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const last = options.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask();
        else if (event.key === "ArrowDown") mark(active >= last ? 0 : active + 1);
        else mark(active <= 0 ? last : active - 1);
      } else if (event.key === "Enter" && !list.hidden && active >= 0) {
        event.preventDefault();
        choose(active);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    input.addEventListener("blur", close);
  };

  // What is typed into password fields can be looked at, for those who do not trust their typing.
  document.querySelectorAll("form[data-show-passwords]").forEach((form) => {
    const fields = form.querySelectorAll("input[type=password]");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", id: "show-passwords" });
    const label = Object.assign(document.createElement("label"), { htmlFor: box.id, textContent: form.dataset.showPasswords });
    const check = Object.assign(document.createElement("div"), { className: "check" });
    check.append(box, label);
    form.querySelector(".form-actions").before(check);
    box.addEventListener("change", () => fields.forEach((field) => (field.type = box.checked ? "text" : "password")));
    // A browser offers to keep a password, not a text.
    form.addEventListener("submit", () => fields.forEach((field) => (field.type = "password")));
  });

  // A field that depends on another is shown when it is asked for; what it holds is kept. So is what is told of a value.
  const dependent = (control) => {
    const [, name, sign, value] = control.dataset.needs.match(/^([^!=]+)(!?=)?(.*)$/);
    // By name alone: of a relation, the text has the field's name for its key.
    const form = control.closest("form");
    const other = [...(form?.elements || [])].find((item) => item.name === name);
    const field = control.closest(".field") || control;
    if (!other) return;
    const show = () => {
      const held = other.type === "checkbox" ? (other.checked ? "y" : "") : other.value.trim();
      const isOne = value.split("|").includes(held);
      const asked = !sign ? held !== "" : sign === "=" ? isOne : !isOne;
      field.hidden = !asked && !field.classList.contains("has-error");
    };
    form.addEventListener("input", show);
    form.addEventListener("change", show);
    show();
  };

  const enhanceAll = (root) => {
    root.querySelectorAll("[data-combobox]").forEach(enhance);
    root.querySelectorAll("[data-needs]").forEach(dependent);
  };
  enhanceAll(document);
  document.addEventListener("koto:row", (event) => enhanceAll(event.target));
})();
