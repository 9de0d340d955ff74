// Pages for everybody, as a stranger opens them: plain files, in three languages, light and dark, on a telephone, a
// tablet and a desk.
//
//   node reports.mjs NAME=DIR...      DIR is looked through whole
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { browser, done, faults } from "./common.mjs";
import { THEMES, WIDTHS, axed, opened, walked, wrong_of } from "./look.mjs";

const shots = process.env.LAGRUM_SHOTS;
const found = () => ({
  hidden: [...document.querySelectorAll("svg text")].filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map((one) => one.textContent),
  links: [...document.querySelectorAll("a[href], link[href]")].map((one) => one.href),
  heading: document.querySelector("h1")?.innerText,
  tables: document.querySelectorAll("table").length,
  report: document.querySelector('a[href="figures.csv"]') !== null,
  paper: getComputedStyle(document.body).backgroundColor,
});

// A link within leads to a file, and to a place in it; what lies elsewhere has a whole address.
const leads = (link) => {
  const to = new URL(link);
  if (["http:", "https:", "mailto:"].includes(to.protocol)) return true;
  if (to.protocol !== "file:") return false;
  let file = fileURLToPath(new URL(to.pathname, "file://"));
  if (!fs.existsSync(file)) return false;
  if (fs.statSync(file).isDirectory()) file = path.join(file, "index.html");
  if (!fs.existsSync(file)) return false;
  return !to.hash || fs.readFileSync(file, "utf8").includes(`id="${decodeURIComponent(to.hash.slice(1))}"`);
};

try {
  for (const [name, dir] of process.argv.slice(2).map((one) => one.split("="))) {
    const papers = new Map();
    const files = fs.readdirSync(dir, { recursive: true }).filter((file) => file.endsWith(".html")).sort();
    for (const file of files) {
      const language = /\.(sv|da)\.html$/.exec(file)?.[1] ?? "en";
      for (const width of WIDTHS) {
        const context = await browser.newContext({ viewport: { width, height: 900 } });
        const page = await context.newPage();
        const wire = await context.newCDPSession(page);
        page.on("console", (told) => { if (["error", "warning"].includes(told.type())) faults.push(`console: ${told.text()} at ${page.url()}`); });
        const at = `${name}/${file} at ${width}`;
        const { found: stands } = await opened(page, pathToFileURL(path.join(dir, file)).href);
        faults.push(...wrong_of(stands).map((one) => `${one}: ${at}`));
        if (stands.lang !== language) faults.push(`in ${stands.lang}: ${at}`);
        for (const theme of THEMES) {
          await page.emulateMedia({ colorScheme: theme });
          const told = await page.evaluate(found);
          if (told.hidden.length) faults.push(`words of a chart are cut off (${told.hidden}): ${at}`);
          if (!told.heading || (told.report && told.tables < 2)) faults.push(`says nothing: ${at}`);
          for (const link of told.links.filter((one) => !leads(one))) faults.push(`leads nowhere: ${link}: ${at}`);
          papers.set(theme, told.paper);
          for (const one of await axed(wire, theme === "dark")) faults.push(`${one}: ${at}, ${theme}`);
          if (shots) await page.screenshot({ path: path.join(shots, `${name}-${file.replaceAll("/", "_")}-${theme}-${width}.png`), fullPage: true });
          done.push(at);
        }
        if (width === 320) faults.push(...(await walked(page)).wrong.map((one) => `${one}: ${at}`));
        await context.close();
      }
    }
    if (papers.get("light") === papers.get("dark")) faults.push(`${name}: no dark pages`);
  }
} catch (error) {
  faults.push(error.stack);
} finally {
  await browser.close();
}
for (const fault of new Set(faults)) console.error(fault);
console.log(`${done.length} steps`);
process.exit(faults.length ? 1 : 0);
