// One demand the whole way: sent by an officer, described beside its paper, called back, narrowed, signed by two people,
// produced, fetched, opened, confirmed; and its account holder told once the secrecy has ended.
//
//   node way.mjs ORIGIN DIR DOOR      DIR is what the test made ready; the clock stands in $LAGRUM_CLOCK
import { execFileSync } from "node:child_process";
import fs from "node:fs";

import { browser, dir, done, door, expect, faults, invited, lagrum, origin, said, somebody } from "./common.mjs";

const shots = process.env.LAGRUM_SHOTS;
const shot = async (page, name) => { if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true }); };
const DAY = 86400e3;
const secret_until = new Date(Date.now() + 20 * DAY).toISOString().slice(0, 10);
const come_in = async (link) => {
  const one = await somebody();
  await one.page.goto(link);
  await one.page.getByRole("button", { name: "Come in" }).click();
  await one.page.waitForURL("**/you**");
  return one;
};
const own = (...rest) => execFileSync(process.env.LAGRUM_BIN, rest, { encoding: "utf8" });

try {
  // The desk makes an officer known; she gives her key, and sends what the court issued.
  const olof = await come_in(invited("olof"));
  let page = olof.page;
  await page.goto(`${origin}/officers`);
  await page.getByLabel("Authority", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("Officer", { exact: true }).fill("J. Roe");
  await page.getByLabel("Mail address").fill("j.roe@usao.example");
  await page.getByLabel("Who confirmed it").fill("the switchboard");
  await page.getByRole("button", { name: "Make known and give a link" }).click();
  const roe = await come_in(await page.locator("#link").innerText());
  page = roe.page;
  await page.goto(`${door}/key`);
  await page.locator("input[name=key]").first().fill(fs.readFileSync(`${dir}/police.key.pub`, "utf8").trim());
  await page.locator("form button:not([data-offer]):not([data-make]):not([name=language])").first().click();
  await page.waitForURL("**/key?done=key");
  const printer = await (await browser.newContext()).newPage();
  await printer.setContent(`<html lang="en"><body style="font:12pt serif; margin: 2cm"><h1>SEARCH AND SEIZURE WARRANT</h1><p>Case 26-cr-0112. Issued on March 2, 2026.</p><p>All messages in the account ann@hand.example from January 1, 2026 on.</p><p>Under 18 U.S.C. § 2705(b) the provider shall tell nobody before ${secret_until}.</p></body></html>`);
  const warrant = await printer.pdf({ format: "Letter" });
  await printer.context().close();
  await page.goto(`${door}/send`);
  await page.getByLabel("Files").setInputFiles({ name: "warrant.pdf", mimeType: "application/pdf", buffer: warrant });
  await page.getByLabel("Accounts").fill("ann@hand.example");
  await page.getByLabel("Your reference").fill("26-cr-0112");
  await page.getByRole("button", { name: "Send the demand" }).click();
  await said(page, "It has arrived. A person reads it.");
  const path = new URL(page.url()).pathname;

  // The analyst finds it in the list, and describes it beside its paper.
  page = olof.page;
  await page.goto(`${origin}/inbox`);
  await page.locator("main a.case").first().click();
  await page.waitForURL("**/cases/**");
  const id = new URL(page.url()).pathname.split("/")[2];
  await page.getByRole("link", { name: "Describe the demand" }).click();
  await page.getByLabel("Which kind of legal process").selectOption("search-warrant");
  await page.getByRole("button", { name: "Continue" }).click();
  const first = page.getByRole("img", { name: "Page 1 of 1 of warrant.pdf" });
  await first.evaluate((picture) => picture.complete || new Promise((done) => { picture.onload = done; picture.onerror = done; }));
  expect(await first.evaluate((picture) => picture.naturalWidth) > 1000, "the paper stands beside the form");
  await page.getByLabel("Authority", { exact: true }).fill("US Attorney, Northern District");
  await page.getByLabel("Its country").first().selectOption("US");
  await page.getByLabel("Kind of authority").selectOption("prosecutor");
  await page.getByLabel("Officer", { exact: true }).fill("J. Roe");
  await page.getByLabel("Officer’s mail address").fill("j.roe@usao.example");
  await page.getByLabel("Their reference").fill("26-cr-0112");
  await page.getByLabel("Provision").first().fill("18 U.S.C. § 2703(a)");
  await page.getByLabel("Whose law").selectOption("US");
  await page.getByLabel("Day on its face").fill("2026-03-02");
  await page.getByLabel("Issued by").fill("Northern District Court");
  await page.getByLabel("In which capacity").first().selectOption("judge");
  await page.getByLabel("How it is signed").selectOption("handwritten");
  await page.getByLabel("Addressed to").selectOption({ index: 1 });
  await page.getByLabel("Signed by").fill("Northern District Court");
  await page.getByLabel("Whose data").fill("ann@hand.example");
  await page.getByRole("checkbox", { name: "Content", exact: true }).check();
  await page.locator("#part-1-from").fill("2026-01-01T00:00");
  await page.locator("#part-1-until").fill("2027-07-01T00:00");
  await page.getByLabel("What is investigated").fill("wire fraud");
  await page.locator("#secrecy-provision").fill("18 U.S.C. § 2705(b)");
  await page.locator("#secrecy-until").fill(`${secret_until}T00:00`);
  await page.locator("#secrecy-issuer").fill("Northern District Court");
  await page.locator("#secrecy-issuer-kind").selectOption("judge");
  await page.getByLabel("Recipient", { exact: true }).fill("US Attorney, Northern District");
  await page.getByLabel("Public key").fill(fs.readFileSync(`${dir}/police.key.pub`, "utf8").trim());
  await shot(page, "way-described");
  await page.getByRole("button", { name: "Save and check answers" }).click();
  await page.getByRole("heading", { name: "Check your answers" }).waitFor();
  await page.getByRole("button", { name: "This is what arrived" }).click();

  // Called back on the number of the list, and narrowed: what comes in after the receipt takes new process.
  await said(page, "+1 415 555 0102");
  await page.getByLabel("They sent it").check();
  await page.getByLabel("Who answered").fill("J. Roe");
  await page.getByRole("button", { name: "Record the call" }).click();
  await page.getByLabel("Yes, it is genuine").check();
  await page.getByLabel("How you know").fill("called back");
  await page.getByRole("button", { name: "Record it" }).click();
  await page.getByRole("link", { name: "Apply the law" }).click();
  await page.getByRole("button", { name: "Apply the law of today" }).click();
  await said(page, "takes new process");
  await shot(page, "way-assessed");
  await page.getByRole("link", { name: "Decision", exact: true }).click();
  await page.getByLabel("Your reason").fill("what was stored when it arrived");
  await page.getByRole("button", { name: "Record the answers" }).click();
  await said(page, "This leaves");
  await page.goto(`${origin}/cases/${id}/letters/narrowing`);
  const narrowing = await page.locator("#text").inputValue();
  expect(narrowing.includes("26-cr-0112"), "the letter of narrowing names the demand");
  await page.locator("#text").fill(narrowing.replace(/\[\[[^\]]*\]\]/g, "J. Roe"));
  await page.locator('button[value="sent"]').click();
  await said(page, "recorded as sent");

  // The analyst signs on a machine of his own, counsel with a passkey.
  await page.goto(`${origin}/cases/${id}/sign`);
  const fetched = page.waitForEvent("download");
  await page.getByRole("link", { name: "Fetch what is to be signed" }).click();
  await (await fetched).saveAs(`${dir}/fetched.json`);
  own("sign", `${dir}/fetched.json`, "--key", `${dir}/olof.key`, "--passphrase-file", `${dir}/olof.passphrase`, "--confirm", "ann@hand.example");
  await page.getByLabel("Your signatures").setInputFiles(`${dir}/fetched.signatures`);
  await page.getByRole("button", { name: "Add the signatures" }).click();
  await said(page, "One more person has to sign.");
  const maja = await come_in(invited("maja"));
  page = maja.page;
  await page.goto(`${origin}/you`);
  await page.getByLabel("What you call it").fill("blue key");
  await page.getByRole("button", { name: "Make the passkey" }).click();
  await page.getByRole("heading", { name: "blue key" }).waitFor();
  await page.getByText("The key itself").click();
  const key = (await page.locator("details .mono").innerText()).trim();
  for (const file of ["desk/roster", "agents/lulea/roster", "agents/stockholm/roster", "trust"]) {
    fs.appendFileSync(`${dir}/provider/${file}.toml`, `\n[[person]]\nid = "maja"\nname = "Maja Ek"\nrole = "counsel"\nkey = "${key}"\npasskey = "${origin}"\n`);
  }
  await page.goto(`${origin}/cases/${id}/sign`);
  await page.getByLabel("Type the account").fill("ann@hand.example");
  await page.getByRole("button", { name: "Sign with your passkey" }).click();
  await said(page, "Two people signed.");
  const ran = JSON.parse(lagrum("agent", "run"));
  expect(ran[0].outcome.produced, `the agent produced it: ${JSON.stringify(ran)}`);
  lagrum("settle");
  page = olof.page;
  await page.goto(`${origin}/cases/${id}`);
  await page.getByRole("button", { name: "Make the sealed packages ready to fetch" }).click();
  await said(page, "The sealed packages are ready to be fetched.");

  // The officer fetches it, opens it with her key, and says so.
  page = roe.page;
  await page.goto(door + path);
  await said(page, "The answer is ready to fetch");
  const answer = page.waitForEvent("download");
  await page.getByRole("link", { name: "Fetch the sealed package" }).click();
  await (await answer).saveAs(`${dir}/answer.tar.age`);
  own("open", `${dir}/answer.tar.age`, "--identity", `${dir}/police.key`, "--to", `${dir}/answer`, "--trust", `${dir}/provider/trust.toml`);
  const items = fs.readdirSync(`${dir}/answer/items/mail`);
  expect(items.length === 3, `three messages lie in it: ${items}`);
  await page.getByRole("button", { name: "I have opened it, all items fit" }).click();
  await said(page, "Your receipt is recorded.");

  // While the secrecy lasts nobody is told; then it is a task, and counsel decides that the account holder is told.
  page = olof.page;
  await page.goto(`${origin}/cases/${id}/letters/notice`);
  expect(await page.locator('button[value="sent"]').count() === 0, "no notice goes while the secrecy lasts");
  await shot(page, "way-not-yet");
  fs.writeFileSync(process.env.LAGRUM_CLOCK, `+${21 * DAY / 1000}\n`);
  await new Promise((waited) => setTimeout(waited, 1500));
  const later = await come_in(invited("maja"));
  page = later.page;
  await page.goto(`${origin}/cases/${id}`);
  await said(page, "Counsel decides whether the account holder is told");
  await shot(page, "way-after");
  await page.goto(`${origin}/cases/${id}/letters/notice`);
  const notice = await page.locator("#text").inputValue();
  expect(notice.includes("ann@hand.example") && notice.includes("We were not allowed to tell you before"), "the notice says why it comes only now");
  await page.locator("#text").fill(notice.replace(/\[\[[^\]]*\]\]/g, "Hand Mail"));
  await page.locator("#to").fill("ann@hand.example");
  await shot(page, "way-notice");
  await page.locator('button[value="sent"]').click();
  await said(page, "recorded as sent");

  // Whoever holds the letter checks at the door, without an account, that it is genuine.
  const ann = await somebody();
  page = ann.page;
  await page.goto(`${door}/check`);
  // The code stands in a line of its own, before the closing.
  const words = notice.trimEnd().split("\n").filter((line) => line).at(-2);
  await page.locator("#words").fill(words);
  await page.locator("main form button").last().click();
  await said(page, "This notice is ours");
  await shot(page, "way-genuine");
  await page.close();
  page = later.page;
  await page.goto(`${origin}/cases/${id}`);
  await said(page, "Notice to the account holder");
  await shot(page, "way-end");
} catch (error) {
  faults.push(`${error.stack}\nafter: ${done.slice(-3).join("; ")}`);
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`${done.length} steps`);
process.exit(faults.length ? 1 : 0);
