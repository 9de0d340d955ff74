// Every page of the desk and of the door for authorities, in three languages, light and dark, on a telephone, a tablet
// and a desk: what the routes of the program name is looked at, or the day fails.
//
//   node every_page.mjs ORIGIN DIR DOOR CASE     DIR holds desk.routes and door.routes, which the program wrote;
//                                                CASE was searched, and something of it withheld
import fs from "node:fs";
import path from "node:path";

import { cases, come_in, officer, sampled, searched } from "./cases.mjs";
import { browser, dir, done, door, faults, invited, origin, somebody } from "./common.mjs";
import { THEMES, WIDTHS, axed, opened, themes_are_colours, walked, wrong_of } from "./look.mjs";

const shots = process.env.LAGRUM_SHOTS;
const LANGUAGES = ["en", "sv", "da"];
const WORKERS = 2;
// Otherwise axe looks at each page once in each language and at each width, in both themes: three of the nine pairs, other
// ones for each page. Everything else is measured in all nine.
const WHOLE = process.env.LAGRUM_WHOLE === "1";
// While one page is mended: only those in whose path this stands.
const ONLY = process.env.LAGRUM_PAGES ?? "";

// The routes by GET, each as what its paths look like: the ones that name more come first.
const listed = (file) => fs.readFileSync(`${dir}/${file}`, "utf8").trim().split("\n").map((line) => line.split(/\s+/)).filter(([verb]) => verb === "GET").map(([, route]) => route);
const routes = { [origin]: listed("desk.routes"), [door]: listed("door.routes") };
const route_of = (at, where) => {
  const parts = where.split(/[?#]/)[0].split("/");
  const fits = routes[at].filter((route) => {
    const wanted = route.split("/");
    return wanted.length === parts.length && wanted.every((one, n) => one.startsWith("{") || one === parts[n]);
  });
  const blanks = (route) => route.split("{").length;
  return fits.sort((one, other) => blanks(one) - blanks(other))[0];
};

const counts = { looks: 0, judged: 0, stops: 0 };
const seen = new Set();

// One page in every form that it has.
const look = async ({ context, page, wire }, { at, where, status = 200 }) => {
  const name_of = (what) => (at === door ? `lagrum-door-${what}` : `lagrum-${what}`);
  const route = route_of(at, where);
  const number = counts.looks;
  counts.looks += 1;
  const judged = (language, width) => WHOLE || (LANGUAGES.indexOf(language) + WIDTHS.indexOf(width) + number) % 3 === 0;
  for (const language of LANGUAGES) {
    await context.addCookies([{ name: name_of("language"), value: language, url: at }, { name: name_of("theme"), value: "system", url: at }]);
    const here = where.startsWith("/check") ? `/check?lang=${language}` : where;
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: "light" });
      const { answer, found } = await opened(page, at + here);
      const stands = `${at === door ? "door" : "desk"} ${where} at ${width}, ${language}`;
      const there = new URL(page.url());
      if (answer.status() !== status || there.pathname + there.search !== here) faults.push(`${answer.status()} at ${there.pathname}: ${stands}`);
      if (found.lang !== language) faults.push(`in ${found.lang}: ${stands}`);
      faults.push(...wrong_of(found).map((one) => `${one}: ${stands}`));
      for (const theme of judged(language, width) ? THEMES : []) {
        await page.emulateMedia({ colorScheme: theme });
        faults.push(...(await axed(wire, theme === "dark")).map((one) => `${one}: ${stands}, ${theme}`));
        counts.judged += 1;
        const shown = { en: ["light", 1440], sv: ["dark", 320], da: ["light", 768] }[language];
        if (shots && shown[0] === theme && shown[1] === width) {
          const name = `every-${at === door ? "door" : "desk"}${where.replace(/[^a-z0-9]+/gi, "_")}-${width}-${language}-${theme}.png`;
          await page.screenshot({ path: path.join(shots, name), fullPage: true });
        }
      }
      // What can be reached follows from the width, not from the words.
      if (language === "en" && width !== 768) {
        const { stops, wrong } = await walked(page);
        counts.stops += stops;
        faults.push(...wrong.map((one) => `${one}: ${stands}`));
      }
    }
  }
  if (route && status === 200) seen.add(`${at} ${route}`);
};

// A theme that somebody chose is the one of their system, colour for colour.
const chosen = async ({ context, page }) => {
  await page.goto(`${origin}/cases`);
  const { set, other } = await themes_are_colours(page);
  if (set < 40 || other.length) faults.push(`the themes set ${set} colours, and ${other}`);
  const colours = () => page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    const names = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule.selectorText === ":root").flatMap((rule) => [...rule.style]).filter((name) => name.startsWith("--"));
    return JSON.stringify([style.colorScheme, ...names.map((name) => [name, style.getPropertyValue(name)])]);
  });
  for (const theme of THEMES) {
    const told = [];
    for (const [cookie, system] of [[theme, "light"], [theme, "dark"], ["system", theme]]) {
      await context.addCookies([{ name: "lagrum-theme", value: cookie, url: origin }]);
      await page.emulateMedia({ colorScheme: system });
      await page.goto(`${origin}/cases`);
      told.push(await colours());
    }
    if (new Set(told).size !== 1 || told[0].length < 300) faults.push(`${theme} has other colours when it is chosen: ${told.join("\n")}`);
  }
};

try {
  const began = Date.now();
  const all = await cases(process.argv[5]);
  const people = {};
  for (const who of ["olof", "maja", "siv", "rut"]) people[who] = await come_in(who);
  const { ek, answered, asked, unread, large } = await officer(people.olof);
  people.ek = ek;
  people.nobody = await somebody();
  const found = await searched(people.olof);
  const sample = await sampled(people.rut, all.produced);
  await people.rut.page.goto(`${origin}/audit`);
  const audits = await people.rut.page.locator("main a[href^='/audit/']").evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href")))]);
  const letters = async (id) => {
    await people.olof.page.goto(`${origin}/cases/${id}/letters`);
    return people.olof.page.locator(`main a[href*='/letters/']`).evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href")))]);
  };
  const sent = (await letters(all.refused)).find((one) => one.includes("/sent/"));
  const of_cases = [];
  for (const id of [all.refused, all.challenged, all.european, all.produced, all.genuine]) of_cases.push(...(await letters(id)).filter((one) => !one.includes("/sent/")));
  // Of each kind of letter one is enough.
  const kinds = [...new Map(of_cases.map((one) => [one.split("/letters/")[1].split("?")[0], one])).values()];
  const packages = [];
  for (const one of [answered, large]) {
    await people.ek.page.goto(door + one.path);
    packages.push(...(await people.ek.page.locator("main a[href*='/packages/'], main a[href*='/receipts/']").evaluateAll((links) => links.map((link) => link.getAttribute("href")))));
  }
  // A note that the desk keeps and cannot read, as counsel writes it and takes it away.
  await people.maja.page.goto(`${origin}/cases/${all.challenged}`);
  const write = people.maja.page.locator("form[action$='/notes']");
  await write.locator("[name=text]").fill("our advice");
  await write.locator("#privileged").check();
  await write.locator("button").click();
  const sealed = await people.maja.page.locator("main a[href*='/notes/']").getAttribute("href");
  const link = new URL(invited("olof")).pathname;
  await people.olof.page.goto(`${origin}/officers`);
  await people.olof.page.getByRole("button", { name: "Make a new link" }).click();
  const door_link = new URL(await people.olof.page.locator("#link").innerText()).pathname;

  const desk = (who, paths, more = {}) => paths.map((where) => ({ who, at: origin, where, ...more }));
  const at_door = (who, paths, more = {}) => paths.map((where) => ({ who, at: door, where, ...more }));
  const of = (id, paths) => paths.map((one) => `/cases/${id}${one}`);
  const pages = [
    ...desk("nobody", ["/sign-in", link, "/law", "/law/se.content.court"]),
    ...desk("nobody", ["/sign-in/openid", "/sign-in/openid/back", "/nowhere"], { status: 404 }),
    ...desk("olof", ["/you", "/settings/me", "/keys", "/people", "/cases", "/cases?view=open", "/cases?view=duties", "/cases?view=closed", "/inbox", "/challenges", found, "/new", "/authorities", "/officers"]),
    ...desk("maja", ["/cases?view=counsel", "/challenges", "/withheld", ...of(all.produced, ["/withheld"]), ...of(all.decided, ["/sign"]), ...of(all.challenged, ["", "/challenge", "/challenge?record=filed"])]),
    ...desk("siv", ["/order", "/agents", "/packs", "/settings", "/people"]),
    ...desk("rut", ["/audit", "/audit/samples", sample, ...audits.filter((one) => one !== "/audit/samples"), "/order"]),
    ...desk("olof", [
      ...["papers", "words", "described", "denied", "genuine", "assessed", "decided", "refused", "closed", "produced"].flatMap((one) => of(all[one], [""])),
      ...of(asked.id, [""]),
      ...of(all.described, ["/demand", "/call-back", "/assessment", "/decision", "/clocks", "/letters", "/close"]),
      ...of(all.assessed, ["/demand", "/assessment", "/decision", "/memo"]),
      ...of(all.decided, ["/decision", "/sign", "/close", "/accounts"]),
      ...of(all.refused, ["/decision", "/letters"]),
      ...of(all.european, ["/assessment", "/clocks"]),
      ...of(all.produced, ["/clocks", "/close", "/call-back", "/burden"]),
      ...of(all.papers, [1, 2, 3, 4, 5, 6].map((n) => `/originals/${n}`)),
      ...of(all.papers, ["/call-back", "/describe", "/describe?kind=european-production-order&parts=2", "/describe?kind=court-decision&parts=1"]),
      ...of(all.night, ["/night", "/describe"]),
      ...of(all.words, ["/night"]),
      ...of(all.closed, ["/close"]),
      ...kinds, sent,
    ]),
    ...at_door("nobody", ["/check", "/sign-in", door_link]),
    ...at_door("ek", ["/", "/send", "/key", "/help", "/you", answered.path, asked.path, unread.path, large.path]),
    ...at_door("ek", ["/nowhere"], { status: 404 }),
  ];
  // What is no page, and what it is instead.
  const files = [
    ...desk("olof", of(all.decided, ["/sign/file"]), { is: "application/octet-stream" }),
    ...desk("maja", [sealed], { is: "application/octet-stream" }),
    ...desk("olof", [`${sent}/file`], { is: "application/octet-stream" }),
    ...desk("olof", of(all.papers, ["/originals/1/file", "/originals/4/attached/1/file"]), { is: "application/octet-stream" }),
    ...desk("olof", of(all.papers, ["/originals/1/pages/1", "/originals/4/attached/1/pages/1"]), { is: "image/png" }),
    ...at_door("ek", packages, { is: "application/octet-stream" }),
  ];
  for (const at of [origin, door]) {
    await people.nobody.page.goto(`${at}/sign-in`);
    const style = await people.nobody.page.locator("link[rel=stylesheet]").getAttribute("href");
    files.push({ who: "nobody", at, where: style, is: "text/css" });
  }
  // What leads elsewhere, or is not there yet: a provider for signing in, and the day's receipt.
  const ways = [...desk("olof", ["/"], { to: "/cases" }), ...desk("olof", ["/you/openid"], { to: null }), ...at_door("ek", [`${answered.path}/receipt`], { to: null })];
  const ready = Date.now();

  for (const { who, at, where, is } of files) {
    const answer = await people[who].context.request.get(at + where);
    const kind = answer.headers()["content-type"] ?? "";
    if (!answer.ok() || !kind.startsWith(is)) faults.push(`${answer.status()}, ${kind}: ${where}`);
    seen.add(`${at} ${route_of(at, where)}`);
  }
  for (const { who, at, where, to } of ways) {
    const answer = await people[who].context.request.get(at + where, { maxRedirects: 0 });
    const leads = answer.status() === 303 && answer.headers().location.split("?")[0] === to;
    if (to ? !leads : answer.status() !== 404) faults.push(`${answer.status()} to ${answer.headers().location}: ${where}`);
    seen.add(`${at} ${route_of(at, where)}`);
  }
  await chosen(people.olof);

  const waiting = pages.filter(({ where }) => where.includes(ONLY)).reverse();
  const worker = async () => {
    const own = {};
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      own[one.who] ??= await somebody(true, await people[one.who].context.storageState());
      await look(own[one.who], one);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  for (const [at, list] of Object.entries(routes)) {
    for (const route of list) {
      // Without a provider for signing in there is no such page; its own day in a browser has one.
      const elsewhere = route.startsWith("/sign-in/openid");
      if (!ONLY && !elsewhere && !seen.has(`${at} ${route}`)) faults.push(`nobody looked at ${at === door ? "the door's" : "the desk's"} ${route}`);
    }
  }
  done.push(`${counts.looks} pages, judged ${counts.judged} times, ${counts.stops} stops of the keyboard; ${Math.round((ready - began) / 1000)} s to make ready, ${Math.round((Date.now() - ready) / 1000)} s to look`);
} catch (error) {
  faults.push(`${error.stack}\nafter: ${done.slice(-3).join("; ")}`);
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`${done.length} steps: ${done.join("; ")}`);
process.exit(faults.length ? 1 : 0);
