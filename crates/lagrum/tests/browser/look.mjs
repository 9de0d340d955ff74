// What holds of any page, whoever made it: measured where it is shown.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(path.join(process.env.LAGRUM_BROWSER, "x.js"));
export const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const WIDTHS = [320, 768, 1440];
export const THEMES = ["light", "dark"];

// What axe finds. Through the debugger: the pages themselves permit no script but the desk's. Where only colours are
// other than when it looked before, it looks at colours alone.
export const axed = async (wire, colours_alone = false) => {
  const there = await wire.send("Runtime.evaluate", { expression: "typeof globalThis.axe" });
  if (there.result.value !== "object") await wire.send("Runtime.evaluate", { expression: axe });
  const options = { resultTypes: ["violations"], ...(colours_alone ? { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } } : {}) };
  const told = await wire.send("Runtime.evaluate", {
    expression: `axe.run(${JSON.stringify(options)}).then((r) => JSON.stringify({ wrong: r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join('; ')), looked: r.passes.length + r.violations.length }))`,
    awaitPromise: true,
    returnByValue: true,
  });
  if (told.exceptionDetails) return [`axe failed: ${told.exceptionDetails.exception?.description ?? told.exceptionDetails.text}`];
  const { wrong, looked } = JSON.parse(told.result.value);
  return [...(looked < (colours_alone ? 1 : 10) ? [`axe looked at ${looked} rules only`] : []), ...wrong.map((one) => `axe ${one}`)];
};

// Whether the themes differ in colours alone: what the style says of them sets colours, and nothing else.
export const themes_are_colours = (page) => page.evaluate(() => {
  const themes = [];
  const gather = (rules, dark) => {
    for (const rule of rules) {
      const asks = dark || /prefers-color-scheme/.test(rule.conditionText ?? "") || /data-theme/.test(rule.selectorText ?? "");
      if (rule.cssRules?.length) gather(rule.cssRules, asks);
      if (asks && rule.style) themes.push(rule);
    }
  };
  for (const sheet of document.styleSheets) gather(sheet.cssRules, false);
  const set = themes.flatMap((rule) => [...rule.style].map((name) => [name, rule.style.getPropertyValue(name).trim()]));
  const other = set.filter(([name, value]) => name !== "color-scheme" && !(name.startsWith("--") && CSS.supports("color", value)));
  return { set: set.length, other: other.map(([name]) => name) };
});

// How it stands at this width: whether it scrolls sideways, has moved since it is shown, and says its words.
export const standing = (page) => page.evaluate(async () => {
  await document.fonts.ready;
  const seen = new PerformanceObserver(() => {});
  seen.observe({ type: "layout-shift", buffered: true });
  const frame = () => new Promise((told) => requestAnimationFrame(told));
  await frame();
  await frame();
  const moves = seen.takeRecords();
  const shift = moves.reduce((sum, one) => sum + one.value, 0);
  const moved = moves.flatMap((one) => one.sources.map(({ node }) => `${node?.nodeName}.${node?.className ?? ""}`));
  const { scrollWidth, clientWidth, lang } = document.documentElement;
  const raw = document.body.innerText.match(/\b(web|door)-[a-z0-9-]+/g) ?? [];
  // The order of the page is the order of its code, if no style turns it round.
  const turned = [...document.querySelectorAll("body *")].filter((one) => {
    const { order, flexDirection, flexWrap } = getComputedStyle(one);
    return order !== "0" || flexDirection.endsWith("reverse") || flexWrap === "wrap-reverse";
  });
  const beyond = (one) => {
    const words = document.createRange();
    words.selectNodeContents(one);
    return [one, words].some((box) => box.getBoundingClientRect().right > clientWidth);
  };
  const wide = scrollWidth > clientWidth ? [...document.querySelectorAll("body *")].filter(beyond).slice(-3).map((one) => `${one.tagName}.${one.className}`) : null;
  return { shift, moved, wide, lang, raw: [...new Set(raw)], turned: turned.map((one) => one.tagName) };
});

// How a page stands once it is opened. What moves is opened once more: letters that come late move a page the first time
// that they are needed, on a busy machine, and the program has no say in that; what the page itself does, it does again.
export const opened = async (page, where) => {
  for (const last of [false, true]) {
    const answer = await page.goto(where);
    const found = await standing(page);
    if (last || found.shift === 0) return { answer, found };
  }
};

export const wrong_of = ({ shift, moved, wide, raw, turned }) => [
  ...(wide ? [`scrolls sideways (${wide})`] : []),
  ...(shift > 0 ? [`moves while it loads (${shift.toFixed(4)}: ${moved})`] : []),
  ...(raw.length ? [`words that are not there (${raw})`] : []),
  ...(turned.length ? [`shown in another order than it is read (${turned})`] : []),
];

// By keyboard alone: Tab goes to every link, button and field, in the order of the page, and each shows that it is there.
// Gives how many there were, and what is wrong.
export const walked = async (page) => {
  const all = await page.evaluate(() => {
    const named = (one) => (one.innerText || one.getAttribute("aria-label") || one.name || one.id || one.tagName).trim().slice(0, 40);
    // Of radio buttons of one name the keyboard reaches the one that is chosen, else the first.
    const chosen = (one) => {
      const group = [...document.querySelectorAll("input[type=radio]")].filter((other) => other.name === one.name && other.form === one.form && other.checkVisibility({ visibilityProperty: true }) && !other.matches(":disabled"));
      return one === (group.find((other) => other.checked) ?? group[0]);
    };
    const can = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], [tabindex], [contenteditable]";
    const stops = [...document.querySelectorAll(can)].filter((one) => one.tabIndex >= 0 && !one.matches(":disabled") && !one.closest("[inert]") && one.checkVisibility({ visibilityProperty: true }) && (one.type !== "radio" || chosen(one)));
    globalThis.stops = stops;
    globalThis.named = named;
    return stops.map(named);
  });
  const wrong = [];
  const reached = [];
  for (let n = 0; n < all.length * 8 + 40; n += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body || one === document.documentElement) return null;
      const at = globalThis.stops.indexOf(one);
      // A browser lets the keyboard into what scrolls.
      if (at < 0) return { at, scrolls: one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth, name: globalThis.named(one) };
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
      const ring = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/, 0\)$|transparent/.test(outlineColor);
      // What has it is on the screen, and nothing lies over the whole of it.
      const on_top = [...one.getClientRects()].some(({ left, right, top, bottom }) => {
        const points = [[0.5, 0.5], [0.02, 0.5], [0.98, 0.5], [0.5, 0.1], [0.5, 0.9]];
        return points.some(([x, y]) => {
          const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
          return hit && (one.contains(hit) || hit.contains(one) && hit !== document.body && hit !== document.documentElement || [...(one.labels ?? [])].some((label) => label.contains(hit)));
        });
      });
      return { at, ring, on_top, name: globalThis.named(one) };
    });
    if (!here || (here.at >= 0 && here.at < (reached.at(-1) ?? -1))) break;
    if (here.at < 0) {
      if (!here.scrolls) wrong.push(`the keyboard goes where nothing is: ${here.name}`);
      continue;
    }
    if (here.at === reached.at(-1)) continue;
    reached.push(here.at);
    if (!here.ring) wrong.push(`no ring around what the keyboard is at: ${here.name}`);
    if (!here.on_top) wrong.push(`covered or off the screen when the keyboard is at it: ${here.name}`);
  }
  const left = all.filter((_, at) => !reached.includes(at));
  if (left.length) wrong.push(`not reached with Tab: ${left.slice(0, 5).join(" | ")} (${left.length} of ${all.length})`);
  return { stops: all.length, wrong };
};
