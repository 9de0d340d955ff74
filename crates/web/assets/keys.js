// One key for what is done often. Pages say which key leads where (data-key); without this file nothing is lost.
"use strict";

(() => {
  let after_g = false;
  const found = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);

  // Goes on to the next or the one before among those that a page lists.
  const move = (what, step) => {
    const all = [...document.querySelectorAll(what)];
    if (all.length === 0) return false;
    const inside = (one) => one === document.activeElement || one.closest("tr")?.contains(document.activeElement);
    const here = all.findIndex(inside);
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
    all[next].focus();
    return true;
  };

  // The box of the row in which somebody is.
  const box = () => document.activeElement?.closest(".list tr")?.querySelector("input[type=checkbox]");
  const tick = () => {
    const one = box();
    if (one) one.checked = !one.checked;
    return Boolean(one);
  };

  // Pages of an original larger or smaller: the next box of the choice beside them.
  const size = (step) => {
    const all = [...document.querySelectorAll(".sizes input")];
    const group = all.filter((one) => one.name === all[0].name);
    const next = group[group.findIndex((one) => one.checked) + step];
    for (const one of next ? all.filter((other) => other.value === next.value) : []) one.checked = true;
    return all.length > 0;
  };

  // A link is followed, a button pressed, a field entered. What is done to ticked cases is done to the one in
  // which somebody is, if none is ticked.
  const act = (thing) => {
    if (thing.closest("form[data-picks]") && !document.querySelector(".list input:checked")) tick();
    for (let at = thing; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (["A", "BUTTON"].includes(thing.tagName)) thing.click();
    else thing.focus();
    return true;
  };

  const pressed = (key) => {
    if (key === "j" || key === "k") return move(".list a.case", key === "j" ? 1 : -1);
    if (key === "]" || key === "[") return move(".sheets a", key === "]" ? 1 : -1);
    if (key === "x") return tick();
    if (key === "+" || key === "-") return size(key === "+" ? 1 : -1);
    const thing = found(key);
    return thing ? act(thing) : false;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey && !event.altKey && event.key === "Enter") {
      const form = event.target.closest("form[data-key-save]");
      if (form) {
        event.preventDefault();
        form.requestSubmit();
      }
      return;
    }
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1) return;
    const key = after_g ? `g ${event.key}` : event.key;
    after_g = !after_g && event.key === "g";
    if (after_g || pressed(key)) event.preventDefault();
  });
})();
