// What the days in a browser share: people with an authenticator, and what is held against every page.
//
// Chromium is Debian's; playwright-core and axe-core lie below $LAGRUM_BROWSER.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

import { axed, opened, wrong_of } from "./look.mjs";

const require = createRequire(path.join(process.env.LAGRUM_BROWSER, "x.js"));
const { chromium } = require("playwright-core");
export const [origin, dir, door] = process.argv.slice(2);
const shots = process.env.LAGRUM_SHOTS;
export const faults = [];
export const done = [];

export const fail = (what) => { throw new Error(what); };
export const expect = (holds, what) => (holds ? done.push(what) : fail(what));
// The program, whose clock is ahead where the test has it so.
const { LAGRUM_PRELOAD, LAGRUM_CLOCK } = process.env;
const clocked = LAGRUM_PRELOAD ? { ...process.env, LD_PRELOAD: LAGRUM_PRELOAD, FAKETIME_TIMESTAMP_FILE: LAGRUM_CLOCK } : process.env;
export const lagrum = (...rest) => execFileSync(process.env.LAGRUM_BIN, ["--as", "olof", "--dir", `${dir}/provider`, "--json", ...rest], { encoding: "utf8", env: clocked });
export const invited = (person) => JSON.parse(lagrum("desk", "invite", person, "--origin", origin)).link;
export const said = async (page, text) => {
  const there = await page.getByText(text).first().waitFor({ timeout: 5000 }).then(() => true, () => false);
  const shown = there ? "" : `\ninstead:\n${(await page.locator("main").innerText())}`;
  expect(there, `the page says: ${text}${shown}`);
};

// By keyboard alone: on to what says these words, or has this id.
export const reach = async (page, what, most = 80) => {
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((words) => document.activeElement?.innerText?.replace(/\s+/g, " ").trim() === words || document.activeElement?.id === words, what)) return;
  }
  fail(`not reached by keyboard: ${what}`);
};

export const browser = await chromium.launch({
  executablePath: process.env.LAGRUM_CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// Somebody at a browser with an authenticator that asks for a finger.
export const somebody = async (script = true, cookies = undefined) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, javaScriptEnabled: script, storageState: cookies });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`script: ${error.message} at ${page.url()}`));
  page.on("console", (told) => {
    // Other keys than ES256 no agent takes: nothing is lost by not asking for them.
    const expected = ["422", "404", "pubKeyCredParams"].some((one) => told.text().includes(one));
    if (["error", "warning"].includes(told.type()) && !expected) faults.push(`console: ${told.text()} at ${page.url()}`);
  });
  const wire = await context.newCDPSession(page);
  await wire.send("WebAuthn.enable");
  await wire.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { context, page, wire };
};

// What everybody needs of every page, at three widths, in three languages, light and dark.
export const judged = async ({ context, page, wire }, paths, at_door = false) => {
  const where_it_is = at_door ? door : origin;
  const name_of = (what) => (at_door ? `lagrum-door-${what}` : `lagrum-${what}`);
  for (const where of paths) {
    for (const width of [320, 768, 1440]) {
      for (const [language, theme] of [["en", "light"], ["sv", "dark"], ["da", "light"], ["en", "dark"]]) {
        if (width !== 1440 && language === "en" && theme === "dark") continue;
        await context.addCookies([
          { name: name_of("language"), value: language, url: where_it_is },
          { name: name_of("theme"), value: theme, url: where_it_is },
        ]);
        // The door follows the system.
        await page.emulateMedia({ colorScheme: at_door ? theme : null });
        await page.setViewportSize({ width, height: 900 });
        const { answer, found } = await opened(page, where_it_is + where);
        const at = `${where} at ${width}, ${language}, ${theme}`;
        if (answer.status() >= 500) faults.push(`${answer.status()} ${at}`);
        faults.push(...wrong_of(found).map((one) => `${one}: ${at}`));
        for (const one of await axed(wire)) faults.push(`${one}: ${at}`);
        if (shots && ((theme === "light" && language === "en") || (at_door && language !== "en"))) {
          const said_in = language === "en" ? "" : `-${language}-${theme}`;
          const name = `${at_door ? "door" : ""}${where.replace(/[^a-z0-9]+/gi, "_") || "start"}-${width}${said_in}.png`;
          await page.screenshot({ path: path.join(shots, name), fullPage: true });
        }
      }
    }
  }
  await context.addCookies([{ name: name_of("language"), value: "en", url: where_it_is }, { name: name_of("theme"), value: "system", url: where_it_is }]);
  await page.setViewportSize({ width: 1440, height: 900 });
};

