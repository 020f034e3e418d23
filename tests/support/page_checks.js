// What is asked of a page in Chromium beside axe-core's rules; each check gives a list of faults. Read by accessibility.py.
window.checks = (() => {
  const brief = (item) => item.outerHTML.slice(0, 150);

  const sideways = () => {
    const excess = document.scrollingElement.scrollWidth - innerWidth;
    return excess > 0 ? [`scrolls sideways: ${excess} px`] : [];
  };

  // A part that scrolls within the page is for wide tables on wide screens alone: those of more columns than a list begins with.
  const partsSideways = () => [...document.querySelectorAll("*")].filter((item) => {
    const isScroller = ["auto", "scroll"].includes(getComputedStyle(item).overflowX) && item.scrollWidth > item.clientWidth + 1;
    return isScroller && (innerWidth < 400 || item.querySelectorAll("thead th").length <= 8);
  }).map((item) => `scrolls sideways within: ${brief(item)}`);

  // Rows of a table and options of a select are alike; without the many, all is done sooner. What is folded counts too.
  const thinOut = () => {
    document.querySelectorAll("tbody > tr:nth-child(n + 5), option:nth-child(n + 5)").forEach((item) => item.remove());
    document.querySelectorAll("details").forEach((item) => { item.open = true; });
  };

  // With motion reduced nothing moves by itself.
  const moving = () => [...document.querySelectorAll("*")].flatMap((item) => ["", "::before", "::after"].flatMap((part) => {
    const style = getComputedStyle(item, part);
    const lasts = style.transitionDuration.split(",").some((time) => parseFloat(time) > 0);
    return lasts || style.animationName !== "none" || style.scrollBehavior === "smooth" ? [`moves: ${brief(item)}`] : [];
  }));

  const wide = () => [...sideways(), ...partsSideways()];

  const atRest = () => {
    const folded = sideways();
    thinOut();
    return [...folded, ...wide(), ...moving()];
  };

  // Texts that are seen: those for the ear alone are clipped away, and what stands in a field scrolls there.
  const seenTexts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const item = node.parentElement;
      if (!node.data.trim() || !item.checkVisibility({ visibilityProperty: true }) || item.closest("option, textarea, script, template")) continue;
      let isForTheEar = false;
      for (let at = item; at; at = at.parentElement) isForTheEar = isForTheEar || getComputedStyle(at).clipPath !== "none";
      if (!isForTheEar) found.push(node);
    }
    return found;
  };

  const rectsOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  };

  const cutOff = (nodes) => nodes.flatMap((node) => {
    const faults = [];
    const rects = rectsOf(node);
    for (let item = node.parentElement; item !== document.body; item = item.parentElement) {
      const style = getComputedStyle(item);
      const isOwn = item === node.parentElement && style.display !== "inline";
      if (isOwn && item.scrollWidth > item.clientWidth + 1) faults.push(`text is wider than its box: ${brief(item)}`);
      if (![style.overflowX, style.overflowY].some((flow) => flow === "hidden" || flow === "clip")) continue;
      const box = item.getBoundingClientRect();
      if (rects.some((rect) => rect.right > box.right + 1 || rect.bottom > box.bottom + 1 || rect.left < box.left - 1 || rect.top < box.top - 1)) {
        faults.push(`text is cut off: ${brief(item)}`);
      }
    }
    return faults;
  });

  const overlapping = (nodes) => {
    const boxes = nodes.flatMap((node) => rectsOf(node).map((rect) => ({ node, rect }))).sort((a, b) => a.rect.top - b.rect.top);
    const faults = new Set();
    boxes.forEach((one, at) => {
      for (const other of boxes.slice(at + 1)) {
        if (other.rect.top >= one.rect.bottom) break;
        const high = Math.min(one.rect.bottom, other.rect.bottom) - other.rect.top;
        const wide = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const isOver = one.node !== other.node && wide > 2 && high > Math.min(one.rect.height, other.rect.height) / 3;
        if (isOver) faults.add(`texts overlap: “${one.node.data.trim().slice(0, 60)}” and “${other.node.data.trim().slice(0, 60)}”`);
      }
    });
    return [...faults];
  };

  // The reader's own text spacing (WCAG 1.4.12); the page's policy does not bind the style sheets of the debugger.
  const spaced = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
      p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
    // The words of a picture are drawn at their places; all of them stand in the table beside it, where they have their room.
    const nodes = seenTexts().filter((node) => !node.parentElement.closest("svg[role=img]"));
    const faults = [...sideways(), ...cutOff(nodes), ...overlapping(nodes)];
    document.adoptedStyleSheets = [];
    return faults;
  };

  // All that the contrast of a text depends on: its own look, and what each element around it paints, fades or moves. The looks come back;
  // the first text of each that is then chosen is left in `fresh` for axe-core to judge.
  const looks = () => {
    const found = new Map(), around = new Map();
    const ground = (item) => {
      if (!around.has(item)) {
        const style = getComputedStyle(item), paints = [style.backgroundColor, style.backgroundImage, style.opacity, style.mixBlendMode, style.filter].join();
        const moved = style.position === "static" || style.position === "relative" ? "" : style.position;
        around.set(item, `${item.parentElement ? ground(item.parentElement) : ""}/${moved}${paints}`.replace(/\/rgba\(0, 0, 0, 0\),none,1,normal,none(?=\/|$)/g, ""));
      }
      return around.get(item);
    };
    for (const item of document.querySelectorAll("body *")) {
      const isText = ["INPUT", "SELECT", "TEXTAREA"].includes(item.tagName) || [...item.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (!isText || !item.checkVisibility()) continue;
      const style = getComputedStyle(item);
      const look = [style.color, style.fontSize, style.fontWeight, style.textShadow, style.webkitTextStroke, item.tagName === "A", item.disabled, ground(item)].join("|");
      if (!found.has(look)) found.set(look, item);
    }
    checks.found = found;
    return [...found.keys()];
  };

  const choose = (chosen) => { checks.fresh = chosen.map((look) => checks.found.get(look)); };

  const focused = () => {
    const item = document.activeElement, box = item.getBoundingClientRect();
    return { id: item.id, name: item.className, inMain: document.getElementById("main").contains(item) && item.id !== "main",
      isSeen: box.top >= 0 && box.left >= 0 && box.width > 1 && box.bottom <= innerHeight };
  };

  const light = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (item) => {
    for (let at = item.parentElement; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };

  // The keyboard was used last, so that focus by script shows as focus by keyboard does.
  const withoutFocusMark = () => {
    const faults = [];
    for (const item of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
      if (item.type === "hidden" || item.tabIndex < 0 || item.disabled || !item.checkVisibility()) continue;
      item.focus();
      const style = getComputedStyle(item), [dim, bright] = [light(style.outlineColor), light(behind(item))].sort((a, b) => a - b);
      const isMarked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && (bright + 0.05) / (dim + 0.05) >= 3;
      if (document.activeElement !== item || !isMarked) faults.push(`no focus mark: ${brief(item)}`);
    }
    return faults;
  };

  // With the reader's own colours, what is current must differ from its like by more than a background that is gone.
  const likeTheOthers = () => [...document.querySelectorAll("[aria-current]")].flatMap((item) => {
    const others = [...(item.closest("ul, nav")?.querySelectorAll("a, button") || [])].filter((other) => !other.hasAttribute("aria-current"));
    const look = (one) => {
      const style = getComputedStyle(one);
      const ground = /, 0\)$/.test(style.backgroundColor) ? behind(one) : style.backgroundColor;
      return [style.fontWeight, style.textDecorationLine, style.borderBottomColor, style.borderBottomWidth, style.color, ground].join();
    };
    return others.some((other) => look(other) === look(item)) ? [`looks like the others: ${brief(item)}`] : [];
  });

  return { atRest, choose, focused, likeTheOthers, looks, spaced, wide, withoutFocusMark };
})();
