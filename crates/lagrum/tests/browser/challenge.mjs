// A challenge through two stages, and a review of what was withheld, in a real browser.
//
//   node challenge.mjs ORIGIN DIR      DIR is what the test made ready: provider/, the people's keys
import { execFileSync } from "node:child_process";
import fs from "node:fs";

import { browser, dir, done, expect, fail, faults, invited, judged, lagrum, origin, reach, said, somebody } from "./common.mjs";

const come_in = async (who, person) => {
  await who.page.goto(invited(person));
  await who.page.getByRole("button", { name: "Come in" }).click();
};
// What is typed where the data lies: the commands that the page shows.
const typed = (command, ...more) => {
  const [program, ...words] = command.match(/"[^"]*"|\S+/g).map((word) => word.replaceAll('"', ""));
  if (program !== "lagrum") fail(`no command of ours: ${command}`);
  return execFileSync(process.env.LAGRUM_BIN, ["--dir", `${dir}/provider`, ...words, ...more], { encoding: "utf8" });
};
const local = (before) => new Date(Date.now() - before * 3600e3).toISOString().slice(0, 16);

try {
  const olof = await somebody();
  const maja = await somebody();
  await come_in(olof, "olof");
  await come_in(maja, "maja");

  // An analyst answers a part more strictly than the law: it goes to the court.
  const id = JSON.parse(lagrum("intake", `${dir}/demand.toml`)).cases[0].case;
  lagrum("call-back", id, "--confirmed", "--answered-by", "K. Ek");
  lagrum("authenticate", id, "--verified", "--how", "called back");
  lagrum("assess", id);
  let page = olof.page;
  await page.goto(`${origin}/cases/${id}/decision`);
  await page.getByLabel("Challenge", { exact: true }).check();
  await page.getByLabel("Your reason").fill("the court that decided is not competent");
  await page.getByRole("button", { name: "Record the answers" }).click();
  await page.getByRole("link", { name: "Challenge", exact: true }).first().click();
  await said(page, "Nothing is before the court yet");
  await judged(olof, [`/cases/${id}/challenge`]);

  // Counsel finds it in the navigation, and records the first stage by keyboard alone.
  page = maja.page;
  await page.goto(`${origin}/`);
  await reach(page, "Challenges 1");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/challenges");
  await reach(page, id);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/cases/${id}/challenge`);
  await reach(page, "Record the filing");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/challenge?record=filed");
  await page.getByRole("radio").first().waitFor();
  for (let n = 0; n < 80 && !(await page.evaluate(() => document.activeElement?.name === "what")); n += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  expect(await page.getByLabel("The request for a court’s review").isChecked(), "the way is chosen by keyboard");
  await reach(page, "at");
  const at = local(30);
  // A browser asks for a day and a time piece by piece; which piece comes first its language says.
  await page.getByLabel("When").fill(at);
  await reach(page, "how");
  await page.keyboard.type("Stockholms tingsrätt, B 17-26");
  await reach(page, "Record it");
  await page.keyboard.press("Enter");
  await said(page, "It is recorded, and the clocks are set by it.");
  await said(page, "The court has it");
  await said(page, "Stockholms tingsrätt, B 17-26");

  // The second stage with its paper.
  await judged(maja, ["/challenges", `/cases/${id}/challenge?record=ruled`, `/cases/${id}/letters/challenge`]);
  await page.goto(`${origin}/cases/${id}/challenge`);
  await page.getByRole("link", { name: "Record the ruling", exact: true }).click();
  await page.getByLabel("When").fill(local(2));
  await page.getByLabel("for the authority: the demand stands").check();
  await page.getByLabel("Number of the case at the court").fill("B 17-26");
  await page.getByLabel("What the court decided").fill("the decision stands");
  await page.getByLabel("Papers that belong to it").setInputFiles({ name: "ruling.txt", mimeType: "text/plain", buffer: Buffer.from("BESLUT\n\nRätten avslår begäran.") });
  await page.getByRole("button", { name: "Record it" }).click();
  await said(page, "It was ruled on");
  await page.getByRole("link", { name: "ruling.txt" }).click();
  await said(page, "Rätten avslår begäran.");
  await page.goto(`${origin}/cases/${id}`);
  await said(page, "To do: act on the ruling");
  await judged(maja, [`/cases/${id}/challenge`, `/cases/${id}`]);

  // What an agent withheld waits for counsel, and nothing of it is here.
  const searched = JSON.parse(lagrum("cases")).cases.map((one) => one.case).find((one) => one !== id);
  await page.goto(`${origin}/`);
  await page.getByRole("link", { name: /^Withheld/ }).click();
  await judged(maja, ["/withheld", `/cases/${searched}/withheld`]);
  await page.goto(`${origin}/withheld`);
  await page.getByRole("link", { name: searched }).click();
  await said(page, "Nobody can read them here.");
  const all = await page.locator("main").innerText();
  for (const word of ["nobody-dates-this", "our-own-server", "somebody@else"]) expect(!all.includes(word), `no ${word}`);

  // She types in the region what the page says.
  await page.getByText("What is typed there").click();
  const commands = await page.locator(".commands code").allInnerTexts();
  expect(commands.length === 5, "five commands");
  const list = typed(commands[0]);
  expect(list.includes("4") && !list.includes("words-of-a-letter"), "the list in the region");
  const numbers = [1, 2, 3, 4];
  const shown = (n) => typed(commands[1].replace(/ 1$/, ` ${n}`));
  const dated = numbers.find((n) => shown(n).includes("our-own-server-does"));
  typed(commands[2].replace(" 1 ", ` ${dated} `).replace("…", "our own server dates it"));
  for (const n of numbers.filter((n) => n !== dated)) typed(commands[3].replace(" 2-9 ", ` ${n} `).replace("…", "nothing dates it"));
  typed(commands[4].replace("review.note", `${dir}/review.note`));
  await page.getByLabel("The file from the region").setInputFiles(`${dir}/review.note`);
  await page.getByRole("button", { name: "Take it in and draft the mandate" }).click();
  await said(page, "What counsel decided is taken in.");
  await said(page, "our own server dates it");
  await judged(maja, [`/cases/${searched}/withheld`, `/cases/${searched}/sign`]);

  // Two people sign on machines of their own, the agent carries it out, and the outcome is told.
  for (const [who, person] of [[olof, "olof"], [maja, "maja"]]) {
    await who.page.goto(`${origin}/cases/${searched}/withheld`);
    await who.page.getByRole("link", { name: "Two signatures" }).click();
    const fetched = who.page.waitForEvent("download");
    await who.page.getByRole("link", { name: "Fetch what is to be signed" }).click();
    await (await fetched).saveAs(`${dir}/review-${person}.json`);
    execFileSync(process.env.LAGRUM_BIN, ["sign", `${dir}/review-${person}.json`, "--key", `${dir}/${person}.key`, "--passphrase-file", `${dir}/${person}.passphrase`, "--confirm", "ann@hand.example"]);
    await who.page.getByLabel("Your signatures").setInputFiles(`${dir}/review-${person}.signatures`);
    await who.page.getByRole("button", { name: "Add the signatures" }).click();
  }
  await said(page, "Two people signed.");
  lagrum("agent", "run");
  lagrum("settle");
  await page.goto(`${origin}/cases/${searched}/withheld`);
  await said(page, "Decided by Maja Ek, and carried out");
  await judged(maja, [`/cases/${searched}/withheld`]);
  await page.goto(`${origin}/withheld`);
  await said(page, "Nothing that was withheld waits for counsel.");
  await olof.page.goto(`${origin}/cases/${searched}`);
  await olof.page.getByRole("button", { name: "Make the sealed packages ready to fetch" }).click();
  await said(olof.page, "The sealed packages are ready to be fetched.");
  const packages = JSON.parse(lagrum("deliver", searched)).packages;
  const texts = packages.map((one, n) => {
    execFileSync(process.env.LAGRUM_BIN, ["open", one, "--identity", `${dir}/police.key`, "--to", `${dir}/opened-${n}`]);
    const files = fs.readdirSync(`${dir}/opened-${n}`, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    return files.map((file) => fs.readFileSync(`${file.parentPath ?? file.path}/${file.name}`, "utf8")).join("\n");
  });
  expect(texts.some((text) => text.includes("our-own-server-does") && text.includes("our own server dates it")), "the package names what was released, and why");
  expect(!texts.some((text) => text.includes("nobody-dates-this")), "what was refused stays");
} catch (error) {
  faults.push(`${error.stack}\nafter: ${done.slice(-3).join("; ")}`);
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`${done.length} steps`);
process.exit(faults.length ? 1 : 0);
