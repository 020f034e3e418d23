// Repeating rows of a form: a row more or less without sending the form. Every form works without this file.
(() => {
  "use strict";

  const BLANK = "__row__";
  const rowsOf = (group) => [...group.querySelectorAll("[data-row]")];
  const nameOf = (group) => group.querySelector("template").content.querySelector("input[type=hidden]").name;
  const keysOf = (group) => [...group.querySelectorAll(`input[name="${CSS.escape(nameOf(group))}"]`)].map((input) => Number(input.value));

  // Legends and buttons count the rows that are seen.
  const number = (group) => {
    rowsOf(group).forEach((row, at) => {
      row.querySelectorAll("[data-numbered]").forEach((item) => {
        item.textContent = item.dataset.numbered.replace("#", at + 1);
      });
    });
    const add = group.querySelector('button[value^="add."]');
    add.hidden = keysOf(group).length >= Number(group.dataset.most);
    group.querySelector("[data-full]").hidden = !add.hidden;
  };

  // Says what happened, and lets the draft follow.
  const tell = (group, text, place) => {
    group.querySelector("[role=status]").textContent = text.replace("#", place);
    group.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const add = (group) => {
    const key = String(Math.max(-1, ...keysOf(group)) + 1);
    const template = group.querySelector("template");
    const copy = template.content.cloneNode(true);
    copy.querySelectorAll("*").forEach((item) => {
      [...item.attributes].forEach((attribute) => {
        if (attribute.value.includes(BLANK)) item.setAttribute(attribute.name, attribute.value.replaceAll(BLANK, key));
      });
    });
    template.before(copy);
    const row = rowsOf(group).at(-1);
    number(group);
    row.dispatchEvent(new Event("koto:row", { bubbles: true }));
    row.querySelector("input:not([type=hidden]), select, textarea").focus();
    tell(group, group.dataset.added, rowsOf(group).length);
  };

  const remove = (group, row) => {
    const at = rowsOf(group).indexOf(row);
    const saved = row.querySelector('input[type=hidden][name$="-_id"]');
    if (saved) {
      // The form says which saved row is to be deleted.
      const mark = saved.cloneNode();
      mark.name = saved.name.replace(/_id$/, "_removed");
      mark.value = "y";
      group.append(...row.querySelectorAll(":scope > input[type=hidden]"), mark);
    }
    row.remove();
    number(group);
    const left = rowsOf(group);
    (left[at] || left.at(-1) || group.querySelector('button[value^="add."]')).focus();
    tell(group, group.dataset.removed, at + 1);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=_rows]");
    const group = button?.closest("[data-rows]");
    // Without a row to copy the button sends the form.
    if (!group?.querySelector("template")) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    if (row) remove(group, row);
    else add(group);
  });
})();
