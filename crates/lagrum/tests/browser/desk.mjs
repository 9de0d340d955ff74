// A day at the desk in a real browser: what the pages do there, and whether everybody can use them.
//
//   node desk.mjs ORIGIN DIR      DIR is what the test made ready: provider/, the people's keys
//
// Chromium is Debian's; playwright-core and axe-core lie below $LAGRUM_BROWSER.
import { execFileSync } from "node:child_process";
import fs from "node:fs";

import { browser, dir, done, expect, faults, invited, judged, lagrum, origin, reach, said, somebody } from "./common.mjs";

const passkey = async (page, name) => {
  await page.goto(`${origin}/you`);
  await page.getByLabel("What you call it").fill(name);
  await page.getByRole("button", { name: "Make the passkey" }).click();
  await page.getByRole("heading", { name }).waitFor();
};

try {
  // The analyst comes in with a link, makes a passkey, leaves, and comes back with it.
  const olof = await somebody();
  let page = olof.page;
  await page.goto(invited("olof"));
  await page.getByRole("button", { name: "Come in" }).click();
  await passkey(page, "work laptop");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in with your passkey" }).click();
  await page.getByRole("heading", { name: "Mine" }).waitFor();
  done.push("a passkey is made and signs in");

  // What a court prints, as a browser prints it.
  const printer = await (await browser.newContext()).newPage();
  await printer.setContent(`<html lang="sv"><body style="font:12pt serif; margin: 2cm"><h1>STOCKHOLMS TINGSRÄTT</h1><p>Beslut i AM-77-26</p><p>Hemlig avlyssning av elektronisk kommunikation enligt 27 kap. 18 § rättegångsbalken. Kontot ann@hand.example, 1&ndash;31 januari 2026.</p><p style="break-before: page">Så här överklagas beslutet</p></body></html>`);
  const decision = await printer.pdf({ format: "A4" });
  await printer.context().close();

  // A demand arrives, and is described beside its paper.
  await page.getByRole("link", { name: "New case" }).click();
  await page.getByLabel("Files").setInputFiles({ name: "beslut.pdf", mimeType: "application/pdf", buffer: decision });
  await page.getByLabel("From whom").fill("k.ek@polisen.example");
  await page.getByRole("button", { name: "Take it in" }).click();
  await said(page, "It is a case now, and its bytes are kept.");
  const id = new URL(page.url()).pathname.split("/")[2];
  await page.getByRole("link", { name: "Describe the demand" }).click();
  await page.getByLabel("Which kind of legal process").selectOption("court-decision");
  await page.getByRole("button", { name: "Continue" }).click();
  await said(page, "Beslut i AM-77-26");
  const first = page.getByRole("img", { name: "Page 1 of 2 of beslut.pdf" });
  await first.evaluate((picture) => picture.complete || new Promise((done) => { picture.onload = done; picture.onerror = done; }));
  expect(await first.evaluate((picture) => picture.naturalWidth) === 1240, "the first page is a picture");
  await judged(olof, [`/cases/${id}/originals/1`, `/cases/${id}/describe?kind=court-decision&parts=1`]);
  await page.goto(`${origin}/cases/${id}/describe?kind=court-decision&parts=1`);
  await page.getByLabel("Authority", { exact: true }).fill("Polismyndigheten");
  await page.getByLabel("Its country").first().selectOption("SE");
  await page.getByLabel("Kind of authority").selectOption("police");
  await page.getByLabel("Officer", { exact: true }).fill("K. Ek");
  await page.getByLabel("Officer’s mail address").fill("k.ek@polisen.example");
  // A suggestion is taken, and what was typed stays.
  await page.getByRole("button", { name: "Use AM-77-26" }).click();
  await page.getByRole("heading", { name: "Describe what arrived" }).waitFor();
  expect(await page.getByLabel("Their reference").inputValue() === "AM-77-26", "the suggestion is taken");
  expect(await page.getByLabel("Officer’s mail address").inputValue() === "k.ek@polisen.example", "what was typed stays");
  await page.getByLabel("Interception", { exact: true }).check();
  await page.getByLabel("Provision").first().fill("Rättegångsbalken 27 kap. 18 §");
  await page.getByLabel("Whose law").selectOption("SE");
  await page.getByLabel("Day on its face").fill("2026-03-02");
  await page.getByLabel("Issued by").fill("Stockholms tingsrätt");
  await page.getByLabel("In which capacity").first().selectOption("judge");
  await page.getByLabel("How it is signed").selectOption("handwritten");
  await page.getByLabel("Addressed to").selectOption({ index: 1 });
  await page.getByLabel("Signed by").fill("Stockholms tingsrätt");
  await page.getByLabel("Whose data").fill("ann@hand.example");
  await page.getByRole("checkbox", { name: "Content", exact: true }).check();
  await page.locator("#part-1-from").fill("2026-01-01T00:00");
  await page.locator("#part-1-until").fill("2026-02-01T00:00");
  await page.getByLabel("What is investigated").fill("trafficking in narcotics");
  await page.getByLabel("Maximum penalty").fill("120");
  await page.getByLabel("Recipient", { exact: true }).fill("Polismyndigheten");
  await page.getByLabel("Public key").fill(fs.readFileSync(`${dir}/police.key.pub`, "utf8").trim());
  await page.getByRole("button", { name: "Save and check answers" }).click();
  await page.getByRole("heading", { name: "Check your answers" }).waitFor();
  await page.getByRole("button", { name: "This is what arrived" }).click();

  // Called back on the number of the list.
  await said(page, "+46 8 555 01 02");
  await page.getByLabel("They sent it").check();
  await page.getByLabel("Who answered").fill("K. Ek, NOA");
  await page.getByRole("button", { name: "Record the call" }).click();
  await page.getByLabel("Yes, it is genuine").check();
  await page.getByLabel("How you know").fill("called back");
  await page.getByRole("button", { name: "Record it" }).click();
  await page.getByRole("link", { name: "Apply the law" }).click();
  await page.getByRole("button", { name: "Apply the law of today" }).click();
  await said(page, "1 part may leave.");
  await page.getByRole("link", { name: "Decision", exact: true }).click();
  await judged(olof, [`/cases/${id}`, `/cases/${id}/assessment`, `/cases/${id}/decision`]);
  await page.goto(`${origin}/cases/${id}/decision`);
  await page.getByLabel("Your reason").fill("as the law says");
  await page.getByRole("button", { name: "Record the answers" }).click();
  await said(page, "This leaves");

  // He signs on a machine of his own.
  const fetched = page.waitForEvent("download");
  await page.getByRole("link", { name: "Fetch what is to be signed" }).click();
  await (await fetched).saveAs(`${dir}/fetched.json`);
  execFileSync(process.env.LAGRUM_BIN, ["sign", `${dir}/fetched.json`, "--key", `${dir}/olof.key`, "--passphrase-file", `${dir}/olof.passphrase`, "--confirm", "ann@hand.example"]);
  await page.getByLabel("Your signatures").setInputFiles(`${dir}/fetched.signatures`);
  await page.getByRole("button", { name: "Add the signatures" }).click();
  await said(page, "One more person has to sign.");

  // Counsel makes a passkey, whose key goes to the rosters, and signs with it.
  const maja = await somebody();
  page = maja.page;
  await page.goto(invited("maja"));
  await page.getByRole("button", { name: "Come in" }).click();
  await passkey(page, "blue key");
  await page.getByText("The key itself").click();
  const key = await page.locator("details .mono").innerText();
  for (const where of ["desk", "agents/lulea", "agents/stockholm"]) {
    const file = `${dir}/provider/${where}/roster.toml`;
    fs.appendFileSync(file, `\n[[person]]\nid = "maja"\nname = "Maja Ek"\nrole = "counsel"\nkey = "${key.trim()}"\npasskey = "${origin}"\n`);
  }
  await page.goto(`${origin}/cases?view=counsel`);
  await page.getByRole("link", { name: id }).click();
  await page.getByRole("link", { name: "Two signatures" }).click();
  await judged(maja, [`/cases/${id}/sign`, "/cases?view=counsel"]);
  await page.goto(`${origin}/cases/${id}/sign`);
  await page.getByLabel("Type the account").fill("ann@hand.example");
  await page.getByRole("button", { name: "Sign with your passkey" }).click();
  await said(page, "Two people signed.");
  lagrum("agent", "run");
  lagrum("settle");
  page = olof.page;
  await page.goto(`${origin}/cases/${id}`);
  await page.getByRole("button", { name: "Make the sealed packages ready to fetch" }).click();
  await said(page, "The sealed packages are ready to be fetched.");

  // By keyboard alone: from the list to a note.
  await page.goto(`${origin}/cases?view=open`);
  await reach(page, id);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/cases/${id}`);
  await reach(page, "text");
  await page.keyboard.type("written without a mouse");
  await reach(page, "Write the note");
  await page.keyboard.press("Enter");
  await said(page, "The note is written.");

  // An order dated ahead of its receipt is refused, and the letter that says so goes out.
  const day = new Date(Date.now() + 3 * 86400e3).toISOString().slice(0, 10);
  const ahead = fs.readFileSync(`${dir}/demand.toml`, "utf8").replace('issued_on = "2026-03-02"', `issued_on = "${day}"`).replace(/^reference = "[^"]*"/m, 'reference = "AM-9-26"');
  fs.writeFileSync(`${dir}/ahead.toml`, ahead);
  const refused = JSON.parse(lagrum("intake", `${dir}/ahead.toml`)).cases[0].case;
  lagrum("call-back", refused, "--confirmed", "--answered-by", "K. Ek");
  lagrum("authenticate", refused, "--verified", "--how", "called back");
  await page.goto(`${origin}/cases/${refused}/assessment`);
  await page.getByRole("button", { name: "Apply the law of today" }).click();
  await said(page, "An instrument whose day had not come");
  await page.getByRole("link", { name: "Decision", exact: true }).click();
  await page.getByLabel("Your reason").fill("dated ahead");
  await page.getByRole("button", { name: "Record the answers" }).click();
  await page.goto(`${origin}/cases/${refused}/letters`);
  await page.getByRole("link", { name: "Refusal" }).first().click();
  const letter = await page.locator("#text").inputValue();
  expect(letter.includes("AM-9-26"), "the letter names what is refused");
  await page.locator("#text").fill(letter.replace(/\[\[[^\]]*\]\]/g, "K. Ek"));
  await judged(olof, [`/cases/${refused}/decision`, `/cases/${refused}/letters/refusal`]);
  await page.goto(`${origin}/cases/${refused}/letters/refusal`);
  await page.locator("#text").fill(letter.replace(/\[\[[^\]]*\]\]/g, "K. Ek"));
  await page.locator('button[value="sent"]').click();
  await said(page, "recorded as sent");
  await page.goto(`${origin}/cases/${refused}`);
  await said(page, "Refusal sent to");

  // Without scripts everything but the passkey works.
  const plain = await somebody(false);
  await plain.page.goto(invited("olof"));
  await plain.page.getByRole("button", { name: "Come in" }).click();
  await plain.page.goto(`${origin}/cases/${id}`);
  await plain.page.getByLabel("Write a note").fill("without scripts");
  await plain.page.getByRole("button", { name: "Write the note" }).click();
  await said(plain.page, "The note is written.");

  // Closing asks what still runs, and a rejection needs its reason.
  await judged(olof, ["/cases?view=open", "/cases", "/inbox", "/new", "/authorities", "/you", "/law", `/cases/${id}/demand`, `/cases/${id}/clocks`, `/cases/${id}/letters`, `/cases/${id}/letters/acknowledgement`, `/cases/${id}/memo`, `/cases/${id}/describe?kind=european-production-order&parts=2`, `/cases/${id}/describe?other=yes`, `/cases/${id}/call-back`, `/cases/${id}/originals/1`, `/cases/${id}/close`, "/nowhere", "/people"]);

  // Whoever looks after the desk sees whether everything is in order, and shuts a session.
  const admin = await somebody();
  page = admin.page;
  await page.goto(invited("siv"));
  await page.getByRole("button", { name: "Come in" }).click();
  await page.goto(`${origin}/`);
  await page.waitForURL("**/order");
  await said(page, "Not known is never counted as in order.");
  await said(page, "The agent in stockholm is at work");
  await page.getByRole("link", { name: "Agents", exact: true }).click();
  await page.getByRole("heading", { name: "Agents" }).waitFor();
  await judged(admin, ["/order", "/people", "/agents", "/packs", "/settings"]);
  await page.goto(`${origin}/people`);
  await page.getByRole("button", { name: /End the session.*Maja Ek/ }).first().click();
  await said(page, "It is ended.");
  await maja.page.goto(`${origin}/cases`);
  expect(new URL(maja.page.url()).pathname === "/sign-in", "whose session was ended is out");

  // The auditor watches, orders a sample, and changes no case.
  const auditor = await somebody();
  page = auditor.page;
  await page.goto(invited("rut"));
  await page.getByRole("button", { name: "Come in" }).click();
  await page.goto(`${origin}/`);
  await page.waitForURL("**/audit");
  await said(page, "Decisions that differ from the law’s proposal");
  await page.getByRole("link", { name: "Signatures given at once" }).click();
  await page.getByRole("link", { name: id }).first().waitFor();
  await page.goto(`${origin}/audit/samples`);
  await page.getByLabel("First case").fill(id);
  await page.getByLabel("Last case").fill(id);
  await page.getByLabel("How many").fill("1");
  await page.getByLabel("Drawn from (UTC)").fill(new Date(Date.now() + 3600e3).toISOString());
  await page.getByRole("button", { name: "Order a sample" }).click();
  await said(page, "Write this down and show it to nobody before the draw.");
  await page.getByRole("link", { name: "Continue" }).click();
  await page.getByLabel("Your secret").fill("0");
  await page.getByRole("button", { name: "Draw the sample" }).click();
  await said(page, "it is drawn from");
  const sampled = new URL(page.url()).pathname;
  await judged(auditor, ["/audit", "/audit/signed-at-once", "/audit/late", "/audit/samples", sampled]);
  const stranger = await somebody();
  await judged(stranger, ["/sign-in", "/law/se.rb.interception"]);
} catch (error) {
  faults.push(`${error.stack}\nafter: ${done.slice(-3).join("; ")}`);
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`${done.length} steps`);
process.exit(faults.length ? 1 : 0);
