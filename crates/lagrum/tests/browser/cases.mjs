// A desk with a case in every state of its way, and an officer's demands at the door.
import fs from "node:fs";
import zlib from "node:zlib";

import { browser, dir, door, invited, lagrum, origin, somebody } from "./common.mjs";

const text = fs.readFileSync(`${dir}/demand.toml`, "utf8");
const told = (...rest) => JSON.parse(lagrum(...rest));
const taken = (name, bytes, ...more) => {
  fs.writeFileSync(`${dir}/${name}`, bytes);
  return told("intake", `${dir}/${name}`, "--channel", "email", ...more).cases[0].case;
};
const described = (reference, change = (all) => all, ...more) => taken(`${reference}.toml`, change(text.replace(/^reference = .*$/m, `reference = "${reference}"`)), ...more);
const genuine = (id) => {
  lagrum("call-back", id, "--confirmed", "--answered-by", "K. Ek");
  lagrum("authenticate", id, "--verified", "--how", "called back");
  return id;
};
const assessed = (id) => { genuine(id); lagrum("assess", id); return id; };
const decided = (id, ...more) => { assessed(id); lagrum("decide", id, ...more); return id; };

// A PNG: a scan of a few dots.
const png = () => {
  const chunk = (kind, body) => {
    const all = Buffer.concat([Buffer.from(kind), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(zlib.crc32(all));
    return Buffer.concat([length, all, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(400, 0);
  head.writeUInt32BE(560, 4);
  head.set([8, 0], 8);
  const rows = Buffer.alloc(401 * 560, 0xd0);
  for (let y = 0; y < 560; y += 1) rows[y * 401] = 0;
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", zlib.deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
};

// Two pages, as a court prints them.
const decision = async () => {
  const printer = await (await browser.newContext()).newPage();
  await printer.setContent(`<html lang="sv"><body style="font:12pt serif; margin: 2cm"><h1>STOCKHOLMS TINGSRÄTT</h1><p>Beslut i AM-77-26</p><p>Kontot ann@hand.example, 1&ndash;31 januari 2026.</p><p style="break-before: page">Så här överklagas beslutet</p></body></html>`);
  const bytes = await printer.pdf({ format: "A4" });
  await printer.context().close();
  return bytes;
};

// Files of every kind in one case that nobody described: text, paper, scan, mail with a paper in it, archive, nonsense.
const papers = async () => {
  const paper = await decision();
  const mail = `From: k.ek@polisen.example\r\nSubject: Beslut\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\nContent-Type: text/plain\r\n\r\nSe bilaga. ${"långtochutanmellanslag".repeat(20)}\r\n--xx\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="beslut.pdf"\r\n\r\n${paper.toString("base64").replace(/.{76}/g, "$&\r\n")}\r\n--xx--\r\n`;
  const id = taken("beslut.pdf", paper);
  const more = [["brev.txt", `Beslut\n${"enlångradutanmellanslag".repeat(30)}\nann@hand.example\n`], ["scan.png", png()], ["mail.eml", mail], ["bilagor.zip", Buffer.from("PK\x03\x04\x14\0\0\0\0\0", "latin1")], [`${"ett-mycket-langt-filnamn-".repeat(6)}.pdf`, paper.subarray(0, paper.length / 2)]];
  for (const [name, bytes] of more) {
    fs.writeFileSync(`${dir}/${name}`, bytes);
    lagrum("attach", id, `${dir}/${name}`, "--channel", "post");
  }
  return id;
};

// An order of a prosecutor in Berlin, in an emergency or not.
const berlin = (emergency) => (all) => {
  const european = all.replace(/^name = "Polismyndigheten"\ncountry = "SE"\nkind = "police"$/m, 'name = "Staatsanwaltschaft Berlin"\ncountry = "DE"\nkind = "prosecutor"')
    .replace(/"k\.ek@polisen\.example"/, '"vogt@sta-berlin.example"')
    .replace(/kind = "court-decision"\nmeasure = "interception"\ncountry = "SE"/, 'kind = "european-production-order"\nnotification = "not-required"\ncountry = "DE"')
    .replace(/^categories = .*$/m, 'categories = ["subscriber"]');
  return emergency ? `${european}\n[emergency]\nthreat_to = "person"\nfacts = "a threat that was written"\n` : european;
};

// What the desk has; `produced` is one whose package is there, with things that were withheld.
export const cases = async (produced) => {
  const all = { produced, papers: await papers() };
  all.words = taken("words.txt", "Somebody called.\n", "--emergency");
  all.described = described("AM-2-26");
  all.denied = described("AM-3-26");
  lagrum("call-back", all.denied, "--denied", "--answered-by", "the switchboard");
  all.genuine = genuine(described("AM-4-26"));
  all.assessed = assessed(described("AM-5-26"));
  all.decided = decided(described("AM-6-26"));
  all.challenged = decided(described("AM-7-26"), "--part", "1=challenge", "--reason", "the court that decided is not competent");
  const day = new Date(Date.now() + 3 * 86400e3).toISOString().slice(0, 10);
  all.refused = decided(described("AM-8-26", (one) => one.replace(/^issued_on = .*$/m, `issued_on = "${day}"`)), "--reason", "dated ahead");
  const letter = told("letter", all.refused, "refusal");
  fs.writeFileSync(`${dir}/refusal.txt`, (letter.text ?? JSON.stringify(letter)).replace(/\[\[[^\]]*\]\]/g, "K. Ek"));
  lagrum("letter", all.refused, "refusal", "--sent", `${dir}/refusal.txt`, "--to", "k.ek@polisen.example", "--by", "email");
  all.night = described("274-Js-1-26", berlin(true));
  all.european = assessed(described("274-Js-2-26", berlin(false)));
  all.closed = taken("closed.txt", "Sent by mistake.\n");
  lagrum("close", all.closed, "--reason", "sent by mistake");
  lagrum("note", all.assessed, "a note that is seen");
  lagrum("link", all.assessed, all.decided, "--reason", "the same account");
  return all;
};

export const come_in = async (person) => {
  const one = await somebody();
  await one.page.goto(invited(person));
  await one.page.getByRole("button", { name: "Come in" }).click();
  await one.page.waitForURL("**/you**");
  return one;
};

// An officer who has sent a demand that was answered, one that was asked about, and one that nobody read yet.
export const officer = async (olof) => {
  let page = olof.page;
  await page.goto(`${origin}/officers`);
  await page.getByLabel("Authority", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("Officer", { exact: true }).fill("K. Ek");
  await page.getByLabel("Mail address").fill("k.ek@polisen.example");
  await page.getByLabel("Who confirmed it").fill("the switchboard");
  await page.getByRole("button", { name: "Make known and give a link" }).click();
  const link = await page.locator("#link").innerText();
  const ek = await somebody();
  page = ek.page;
  await page.goto(link);
  await page.getByRole("button", { name: "Come in" }).click();
  await page.waitForURL("**/you**");
  await page.goto(`${door}/key`);
  await page.locator("input[name=key]").first().fill(fs.readFileSync(`${dir}/police.key.pub`, "utf8").trim());
  await page.locator("form button:not([data-offer]):not([data-make]):not([name=language])").first().click();
  await page.waitForURL("**/key?done=key");
  const send = async (reference) => {
    await page.goto(`${door}/send`);
    await page.getByLabel("Files").setInputFiles([{ name: "beslut.txt", mimeType: "text/plain", buffer: Buffer.from(`Beslut i ${reference}\n`) }]);
    await page.getByLabel("Accounts").fill("ann@hand.example");
    await page.getByLabel("Your reference").fill(reference);
    await page.getByRole("button", { name: "Send the demand" }).click();
    await page.waitForURL("**/demands/**");
    return { path: new URL(page.url()).pathname, id: told("cases").cases.at(-1).case };
  };
  const answer = async (reference) => {
    const sent = await send(reference);
    fs.writeFileSync(`${dir}/door.toml`, text.replace(/^reference = .*$/m, `reference = "${reference}"`));
    lagrum("describe", sent.id, `${dir}/door.toml`);
    genuine(sent.id);
    lagrum("assess", sent.id);
    lagrum("decide", sent.id);
    for (const who of ["olof", "maja"]) {
      lagrum("approve", sent.id, "--key", `${dir}/${who}.key`, "--passphrase-file", `${dir}/${who}.passphrase`, "--confirm", "ann@hand.example");
    }
    lagrum("agent", "run");
    lagrum("settle");
    lagrum("deliver", sent.id);
    return sent;
  };
  const answered = await answer("AM-91-26");
  const asked = await send("AM-92-26");
  await olof.page.goto(`${origin}/cases/${asked.id}`);
  await olof.page.getByLabel("Ask the authority at the door").fill("Which account is meant?");
  await olof.page.getByRole("button", { name: "Ask", exact: true }).click();
  await olof.page.waitForURL("**done=asked**");
  const unread = await send("AM-93-26");
  // An answer that is handed over in several files.
  const agent = `${dir}/provider/agents/stockholm`;
  const settings = fs.readFileSync(`${agent}/agent.toml`, "utf8");
  fs.writeFileSync(`${agent}/agent.toml`, settings.replace('region = "stockholm"', 'region = "stockholm"\nlongest_volume = 1048576'));
  fs.writeFileSync(`${agent}/mail/ann/cur/long:2,S`, `Date: Fri, 9 Jan 2026 12:00:00 +0100\nSubject: long\n\n${"as long as a line of a letter is\n".repeat(50_000)}`);
  const large = await answer("AM-94-26");
  return { ek, answered, asked, unread, large };
};

// Something that was searched for, and a sample that was ordered and drawn.
export const searched = async ({ page }) => {
  await page.goto(`${origin}/cases`);
  await page.locator("#find").fill("ann@hand.example");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search/**");
  return new URL(page.url()).pathname;
};
export const sampled = async ({ page }, id) => {
  await page.goto(`${origin}/audit/samples`);
  await page.getByLabel("First case").fill(id);
  await page.getByLabel("Last case").fill(id);
  await page.getByLabel("How many").fill("1");
  await page.getByLabel("Drawn from (UTC)").fill(new Date(Date.now() + 3600e3).toISOString());
  await page.getByRole("button", { name: "Order a sample" }).click();
  await page.getByRole("link", { name: "Continue" }).click();
  await page.waitForURL("**/audit/samples/*");
  return new URL(page.url()).pathname;
};
