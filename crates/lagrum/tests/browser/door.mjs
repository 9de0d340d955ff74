// A demand through the door in a real browser: an officer sends, answers, fetches and confirms.
//
//   node door.mjs ORIGIN DIR DOOR      DIR is what the test made ready; DOOR is the door's origin
import { execFileSync } from "node:child_process";
import fs from "node:fs";

import { browser, dir, done, door, expect, faults, invited, judged, lagrum, origin, said, somebody } from "./common.mjs";

const passkey = async (page, at) => {
  await page.goto(`${at}/you`);
  await page.getByLabel("What you call it").fill("a laptop");
  await page.getByRole("button", { name: "Make the passkey" }).click();
  await page.getByRole("heading", { name: "a laptop" }).waitFor();
};

try {
  // A person of the desk makes an officer known, and gives the link.
  const olof = await somebody();
  let page = olof.page;
  await page.goto(invited("olof"));
  await page.getByRole("button", { name: "Come in" }).click();
  await page.goto(`${origin}/authorities`);
  await page.getByRole("link", { name: "Officers" }).click();
  await page.getByLabel("Authority", { exact: true }).selectOption({ index: 1 });
  await page.getByLabel("Officer", { exact: true }).fill("K. Ek");
  await page.getByLabel("Mail address").fill("k.ek@polisen.example");
  await page.getByLabel("Who confirmed it").fill("the switchboard");
  await page.getByRole("button", { name: "Make known and give a link" }).click();
  const link = await page.locator("#link").innerText();
  expect(link.startsWith(`${door}/welcome/`), "the link leads to the door");
  await judged(olof, ["/officers"]);

  // The officer comes in, makes a passkey, leaves, and comes back with it.
  const ek = await somebody();
  page = ek.page;
  await page.goto(link);
  await page.getByRole("button", { name: "Come in" }).click();
  await passkey(page, door);
  await judged(ek, ["/you"], true);
  await page.getByRole("button", { name: "Sign out" }).click();
  await judged(ek, ["/sign-in", "/check", "/check?lang=sv", "/check?lang=da"], true);
  await page.goto(`${door}/`);
  await page.getByRole("button", { name: "Sign in with your passkey" }).click();
  await page.getByRole("heading", { name: "Your demands" }).waitFor();
  done.push("a passkey opens the door");

  // Sends a demand.
  await judged(ek, ["/", "/send", "/key", "/help", "/nowhere"], true);
  await page.goto(`${door}/send`);
  await page.getByRole("button", { name: "Send the demand" }).click();
  await said(page, "Nothing arrived.");
  await page.getByLabel("Files").setInputFiles([
    { name: "beslut.txt", mimeType: "text/plain", buffer: Buffer.from("STOCKHOLMS TINGSRÄTT\nBeslut 2026-03-02 i AM-77-26\n") },
    { name: "bilaga.txt", mimeType: "text/plain", buffer: Buffer.from("Bilaga\n") },
  ]);
  await page.getByLabel("Accounts").fill("198.51.100.0/24");
  await page.getByLabel("Your reference").fill("AM-77-26");
  await page.getByRole("button", { name: "Send the demand" }).click();
  await said(page, "It has arrived. A person reads it.");
  await said(page, "One of the lines is a network.");
  const path = new URL(page.url()).pathname;
  await judged(ek, [`${path}?done=sent&warn=network`], true);

  // The desk asks; the officer answers.
  const id = JSON.parse(lagrum("cases")).cases.at(-1).case;
  page = olof.page;
  await page.goto(`${origin}/cases/${id}`);
  await page.getByLabel("Ask the authority at the door").fill("Which account is meant? 198.51.100.0/24 is a network.");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await said(page, "The question stands at the door.");
  await judged(olof, [`/cases/${id}`]);
  page = ek.page;
  await page.goto(door + path);
  await judged(ek, [path], true);
  await page.goto(door + path);
  await page.getByLabel("Your answer").fill("ann@hand.example");
  await page.getByRole("button", { name: "Send the answer" }).click();
  await said(page, "Your answer has arrived");

  // A key is made in the browser, saved as a file that age reads, and its words are shown.
  await page.goto(`${door}/key`);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Make a key and save it" }).click();
  await (await saved).saveAs(`${dir}/made.key`);
  // Browsers save files for others to read; the program takes no key that others can.
  fs.chmodSync(`${dir}/made.key`, 0o600);
  const made = fs.readFileSync(`${dir}/made.key`, "utf8");
  expect(/AGE-SECRET-KEY-1[A-Z0-9]{58}\n/.test(made), "an identity of age was saved");
  await page.getByRole("button", { name: "Give us its public part" }).click();
  await said(page, "Your key is here.");
  const shown = await page.locator("main .card .mono").first().innerText();
  const words = (await page.locator("main .card .words").first().innerText()).split(/\s+/).join(" ");
  expect(made.includes(shown), "the key that was given is the one that was saved");
  await judged(ek, ["/key"], true);

  // The desk works the case as any other, here on the command line; the answer is sealed to the key.
  const description = fs.readFileSync(`${dir}/demand.toml`, "utf8").replace(/key = "age1[a-z0-9]+"/, `key = "${shown}"`);
  fs.writeFileSync(`${dir}/made.toml`, description);
  lagrum("describe", id, `${dir}/made.toml`);
  lagrum("call-back", id, "--confirmed", "--answered-by", "K. Ek, NOA");
  lagrum("authenticate", id, "--verified", "--how", "called back");
  lagrum("assess", id);
  lagrum("decide", id);
  lagrum("to-sign", id, "--out", `${dir}/door.json`);
  for (const who of ["olof", "maja"]) {
    execFileSync(process.env.LAGRUM_BIN, ["sign", `${dir}/door.json`, "--key", `${dir}/${who}.key`, "--passphrase-file", `${dir}/${who}.passphrase`, "--confirm", "ann@hand.example"]);
    lagrum("add-signature", id, `${dir}/door.signatures`);
    fs.rmSync(`${dir}/door.signatures`);
  }
  // Until two people signed that the key is the authority's, agents seal nothing to it.
  const own = (...rest) => execFileSync(process.env.LAGRUM_BIN, rest, { encoding: "utf8" });
  own("recipient", "new", "--name", "Polismyndigheten", "--country", "SE", "--key", shown, "--out", `${dir}/made.recipient`);
  for (const who of ["olof", "maja"]) {
    own("recipient", "sign", `${dir}/made.recipient`, "--key", `${dir}/${who}.key`, "--passphrase-file", `${dir}/${who}.passphrase`, "--confirm", words.split(" ").slice(0, 3).join(" "));
  }
  for (const region of ["lulea", "stockholm"]) {
    own("agent", "pin", `${dir}/made.recipient`, "--config", `${dir}/provider/agents/${region}/agent.toml`);
  }
  lagrum("agent", "run");
  lagrum("settle");
  lagrum("deliver", id);

  // Fetched, opened with the key that was made in the browser, and confirmed.
  await page.goto(door + path);
  await said(page, "The answer is ready to fetch");
  await judged(ek, [path], true);
  await page.goto(door + path);
  const fetched = page.waitForEvent("download");
  await page.getByRole("link", { name: "Fetch the sealed package" }).click();
  await (await fetched).saveAs(`${dir}/fetched.tar.age`);
  const opened = execFileSync(process.env.LAGRUM_BIN, ["open", `${dir}/fetched.tar.age`, "--identity", `${dir}/made.key`], { encoding: "utf8", cwd: dir });
  expect(opened.includes("ann@hand.example") || opened.includes("Whole"), "the package opens with the key of the browser");
  await page.locator("summary", { hasText: "Something is missing" }).click();
  await page.getByLabel("What is it?").fill("Where is March?");
  await page.getByRole("button", { name: "Tell us" }).click();
  await said(page, "What is missing is recorded");
  await page.getByRole("button", { name: "I have opened it, all items fit" }).click();
  await said(page, "Your receipt is recorded.");
  await judged(ek, [path, "/"], true);
  await page.goto(door + path);
  await said(page, "Fetched and confirmed");
  page = olof.page;
  await page.goto(`${origin}/cases/${id}`);
  await said(page, "an officer has it and could open it");
  await page.locator("summary", { hasText: "Looked at by officers" }).click();
  await said(page, "K. Ek, Polismyndigheten");

  // Without scripts everything but passkeys and the key of the browser works.
  const plain = await somebody(false);
  await olof.page.goto(`${origin}/officers`);
  await olof.page.getByRole("button", { name: "Make a new link" }).click();
  await plain.page.goto(await olof.page.locator("#link").innerText());
  await plain.page.getByRole("button", { name: "Come in" }).click();
  await plain.page.goto(`${door}/send`);
  await plain.page.getByLabel("What else we should know").fill("without scripts");
  await plain.page.getByRole("button", { name: "Send the demand" }).click();
  await said(plain.page, "It has arrived. A person reads it.");
} catch (error) {
  faults.push(`${error.stack}\nafter: ${done.slice(-3).join("; ")}`);
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`${done.length} steps`);
process.exit(faults.length ? 1 : 0);
