// Signing in at a provider, in a browser: somebody asks for it, an administrator agrees, and it signs them in.
//
//   node openid.mjs ORIGIN DIR
import { browser, done, expect, faults, invited, judged, origin, said, somebody } from "./common.mjs";

// What the provider's own pages ask.
const at_provider = async (page, name) => {
  await page.waitForURL("**/interaction/**");
  const login = page.locator("input[name=login]");
  if (await login.count()) {
    await login.fill(name);
    await page.locator("input[name=password]").fill("x");
    await page.locator("button[type=submit]").click();
    await page.waitForURL("**/interaction/**");
  }
  await page.locator("button[type=submit]").click();
};

try {
  const olof = await somebody();
  let page = olof.page;
  await page.goto(invited("olof"));
  await page.getByRole("button", { name: "Come in" }).click();
  await judged(olof, ["/you"]);
  await page.goto(`${origin}/you`);
  await page.getByRole("link", { name: "Show Kvist login who you are" }).click();
  await at_provider(page, "olof-at-kvist");
  await page.waitForURL("**/you");
  await said(page, "an administrator has not agreed yet");

  const siv = await somebody();
  await siv.page.goto(invited("siv"));
  await siv.page.getByRole("button", { name: "Come in" }).click();
  await judged(siv, ["/people"]);
  await siv.page.goto(`${origin}/people`);
  await said(siv.page, "Olof Strand asks for it");
  await siv.page.getByRole("button", { name: "Agree" }).click();
  await said(siv.page, "The account signs them in from now on.");
  await judged(siv, ["/people?done=bound", "/settings", "/order"]);

  // Signed out, and in again: the provider knows him still, and the desk's page is there at once.
  await page.goto(`${origin}/you`);
  await said(page, "It signs no mandate.");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto(`${origin}/inbox`);
  await page.getByRole("link", { name: "Sign in with Kvist login" }).click();
  await page.waitForURL("**/inbox");
  expect(await page.getByRole("heading", { name: "Inbox" }).count() === 1, "signed in, on the page that was wanted");
  await page.goto(`${origin}/you`);
  await said(page, "You came in with an account.");
  await judged(olof, ["/you?came=by-account"]);

  // Somebody else, without scripts.
  const eve = await somebody(false);
  page = eve.page;
  await page.goto(`${origin}/sign-in`);
  await page.getByRole("link", { name: "Sign in with Kvist login" }).click();
  await at_provider(page, "eve");
  await said(page, "that account signs nobody in here");
  expect(!(await page.content()).includes("Olof"), "who is known here is not told");
  const stranger = await somebody();
  await judged(stranger, ["/sign-in"]);
} catch (error) {
  faults.push(`${error.stack}\nafter: ${done.slice(-3).join("; ")}`);
} finally {
  await browser.close();
}
// The provider's own pages are not ours to judge.
const ours = faults.filter((fault) => !fault.includes("/interaction/"));
for (const fault of ours) console.error(fault);
console.log(`${done.length} steps`);
process.exit(ours.length ? 1 : 0);
