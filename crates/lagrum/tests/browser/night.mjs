// An emergency at night: from the alarm on a telephone to what is asked for the next day, at 320 pixels, in the dark.
//
//   node night.mjs ORIGIN DIR DOOR      LAGRUM_NIGHT is the path to which the alarm leads
import { execFileSync } from "node:child_process";
import fs from "node:fs";

import { browser, dir, done, expect, faults, invited, judged, lagrum, origin, said, somebody } from "./common.mjs";

const night = process.env.LAGRUM_NIGHT;
const shots = process.env.LAGRUM_SHOTS;

// Somebody with a telephone, in the dark.
const telephone = async (who) => {
  const one = await somebody();
  await one.context.addCookies([{ name: "lagrum-theme", value: "dark", url: origin }]);
  await one.page.setViewportSize({ width: 320, height: 800 });
  await one.page.goto(invited(who));
  await one.page.getByRole("button", { name: "Come in" }).click();
  return one;
};
const shot = async (page, name) => { if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true }); };

try {
  const olof = await telephone("olof");
  let page = olof.page;

  // It stands first, whatever else there is.
  await page.goto(`${origin}/cases`);
  await said(page, "An emergency is not answered");
  await page.getByRole("link", { name: "Emergency, case" }).click();
  expect(new URL(page.url()).pathname === night, "the alarm and the list lead to one page");
  const id = night.split("/")[2];
  expect(await page.locator("nav").count() === 0, "no navigation at night");
  await shot(page, "night-arrived");
  await judged(olof, [night]);
  await olof.context.addCookies([{ name: "lagrum-theme", value: "dark", url: origin }, { name: "lagrum-language", value: "en", url: origin }]);
  await page.setViewportSize({ width: 320, height: 800 });
  await page.goto(origin + night);

  // By keyboard alone: he takes it.
  for (let n = 0; n < 20; n += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement?.textContent?.trim() === "I have it")) break;
  }
  await page.keyboard.press("Enter");
  await said(page, "Olof Strand has it");
  expect(await page.getByRole("button", { name: "I have it" }).count() === 0, "who has it is not asked again");

  // What is missing is told at its field, and what was typed stays.
  await page.getByLabel("Officer", { exact: true }).fill("L. Vogt");
  await page.getByLabel("Officer’s mail address").fill("vogt@sta-berlin.example");
  await page.getByLabel("Their reference").fill("274 Js 3318/26");
  await page.getByLabel("Whose data").fill("ann@hand.example");
  await page.getByLabel("Which kind of legal process").selectOption("european-production-order");
  await page.getByLabel("Provision").fill("Regulation (EU) 2023/1543, Article 5");
  await page.locator("#threat-facts").fill("A child is missing since yesterday.");
  await page.getByLabel("Signed by").fill("Staatsanwaltschaft Berlin");
  await page.getByLabel("How it is signed").selectOption("qualified");
  await page.getByRole("button", { name: "This is what arrived" }).click();
  expect(await page.getByRole("alert").count() > 0, "what is missing is told");
  expect(await page.getByLabel("Their reference").inputValue() === "274 Js 3318/26", "what was typed stays");
  await shot(page, "night-describe");
  await page.getByLabel("Authority", { exact: true }).selectOption({ label: "Staatsanwaltschaft Berlin (DE)" });
  await page.getByRole("checkbox", { name: "Subscriber data", exact: false }).first().check();
  await page.getByLabel("Public key").fill(fs.readFileSync(`${dir}/stranger.key.pub`, "utf8").trim());
  await page.getByRole("button", { name: "This is what arrived" }).click();
  await said(page, "A child is missing since yesterday.");
  done.push("it is described in the short form");

  // The number is the list's, and dialled by the telephone itself.
  const dial = page.getByRole("link", { name: "Call +49 30 555 0104" });
  expect(await dial.getAttribute("href") === "tel:+49305550104", "the number of the list is the button");
  await page.getByRole("button", { name: "Not reached" }).click();
  await shot(page, "night-call");
  await page.getByLabel("Who answered").fill("L. Vogt, duty desk");
  await page.getByRole("button", { name: "Genuine, all confirmed" }).click();
  await said(page, "confirmed");

  // A second person is told by telephone. Who called cannot be the one who says that it is genuine.
  await said(page, "You called, so somebody else says that it is genuine.");
  await page.getByLabel("Call a second person").selectOption({ label: "Maja Ek (on call)" });
  await page.getByRole("button", { name: "I have told them by telephone" }).click();
  await said(page, "Maja Ek was told by telephone");
  await shot(page, "night-decide");
  await judged(olof, [night]);

  // She reads the same page.
  const maja = await telephone("maja");
  page = maja.page;
  await page.goto(origin + night);
  await page.getByLabel("Yes, it is genuine").check();
  await page.getByLabel("How you know").fill("Olof called the number of the list");
  await page.getByRole("button", { name: "Record it" }).first().click();
  await page.locator("#believed-0").check();
  await page.locator("#why").fill("a missing child, confirmed by the duty desk");
  await page.locator("form[action$='/danger'] button").click();
  await page.getByRole("link", { name: "Apply the law" }).click();
  await page.getByRole("button", { name: "Apply the law of today" }).click();
  await said(page, "1 part may leave.");
  await page.goto(origin + night);
  await page.getByRole("link", { name: "Decide", exact: true }).click();
  await page.getByLabel("Your reason").fill("an emergency, as the law says");
  await page.getByRole("button", { name: "Record the answers" }).click();
  await said(page, "This leaves");
  await page.goto(`${origin}/cases`);
  expect(await page.getByText("An emergency is not answered").count() === 0, "what is answered stands no longer above the list");

  // Each signs on a machine of their own; nothing leaves on one signature.
  const sign = async (one, who) => {
    await one.page.goto(origin + night);
    await one.page.getByRole("link", { name: "Two signatures" }).click();
    const fetched = one.page.waitForEvent("download");
    await one.page.getByRole("link", { name: "Fetch what is to be signed" }).click();
    await (await fetched).saveAs(`${dir}/${who}.json`);
    execFileSync(process.env.LAGRUM_BIN, ["sign", `${dir}/${who}.json`, "--key", `${dir}/${who}.key`, "--passphrase-file", `${dir}/${who}.passphrase`, "--confirm", "ann@hand.example"]);
    await one.page.getByLabel("Your signatures").setInputFiles(`${dir}/${who}.signatures`);
    await one.page.getByRole("button", { name: "Add the signatures" }).click();
  };
  await sign(maja, "maja");
  await said(maja.page, "One more person has to sign.");
  lagrum("agent", "run");
  expect(JSON.parse(lagrum("case", id)).state !== "produced", "nothing leaves on one signature");
  await sign(olof, "olof");
  await said(olof.page, "Two people signed.");
  lagrum("agent", "run");
  lagrum("settle");
  page = olof.page;
  await page.goto(origin + night);
  await page.getByRole("link", { name: "Hand over" }).click();
  await page.getByRole("button", { name: "Make the sealed packages ready to fetch" }).click();
  await said(page, "The sealed packages are ready to be fetched.");

  // The confirmation is a task before it is due, and done when it is recorded.
  await said(page, "Confirmation of the emergency");
  await page.goto(origin + night);
  await said(page, "ask for the written order");
  await shot(page, "night-tomorrow");
  await judged(olof, [night, `/cases/${id}`]);
  await page.goto(origin + night);
  await page.getByRole("link", { name: "Record the confirmation" }).click();
  await page.locator("#what").selectOption("confirmed-in-writing");
  const wall = new Date(Date.now() - 60_000).toISOString().slice(0, 16);
  await page.locator("#at").fill(wall);
  await page.locator("#how").fill("the written order arrived");
  await page.locator("form[action$='/clocks'] button").click();
  await page.goto(`${origin}/cases/${id}`);
  expect(await page.getByText("Confirmation of the emergency").count() === 0, "what is confirmed is no task");

} catch (error) {
  faults.push(`${error.stack}\nafter: ${done.slice(-3).join("; ")}`);
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`${done.length} steps`);
process.exit(faults.length ? 1 : 0);
