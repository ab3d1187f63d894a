// Drives the explorer in a headless Chromium and prints what it saw as JSON.
//   node explorer.mjs URL CHROMIUM STEP [FOLDER FOR PICTURES]
// Nothing here waits for a time: the page says itself (aria-busy) when it is done.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [, , url, executablePath, step, folder] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const seen = { console: [], errors: [], elsewhere: [], dialogs: 0, requests: 0 };
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-gpu", "--disable-dev-shm-usage"],
});

async function page(options = {}) {
  const made = await browser.newPage({ viewport: { width: 1280, height: 900 }, bypassCSP: false, ...options });
  made.setDefaultTimeout(120_000);
  made.on("console", (message) => { if (["error", "warning"].includes(message.type())) seen.console.push(message.text()); });
  made.on("pageerror", (error) => seen.errors.push(error.message));
  made.on("dialog", (dialog) => { seen.dialogs += 1; dialog.dismiss(); });
  made.on("request", (request) => {
    const where = request.url();
    seen.requests += 1;
    if (!/^(http:\/\/127\.0\.0\.1[:/]|data:|blob:|file:|about:)/.test(where)) seen.elsewhere.push(where);
  });
  return made;
}

async function shot(made, name, fullPage = true) {
  if (folder) await made.screenshot({ path: `${folder}/${name}.png`, fullPage });
}

const settled = (made) => made.waitForFunction(() =>
  document.querySelector("#content[aria-busy=false]") && !document.querySelector("[aria-busy=true]"));

async function visit(made, hash) {
  await made.goto("about:blank");
  await made.goto(hash.includes("://") ? hash : `${url}/${hash}`);
  if (!hash.includes("://")) await settled(made);
}

// What axe-core holds against a page, as sentences.
async function faults(made, where) {
  const client = await made.context().newCDPSession(made);
  await client.send("Runtime.evaluate", { expression: axe });
  const found = await made.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  return found.violations.filter((violation) => ["serious", "critical"].includes(violation.impact))
    .map((violation) => `${where}: ${violation.id} ${violation.nodes[0].html.slice(0, 140)} (${violation.nodes.length})`);
}

const isWide = (made) => made.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
const statusOf = (made, route) => made.evaluate((name) => document.querySelector(`.niche .route[data-name="${name}"]`)?.dataset.state ?? null, route);
const statuses = async (made) => [await statusOf(made, "RP06"), await statusOf(made, "RP07")];

// Types an agent; how often the server is asked until the picture shows it.
async function give(made, agent) {
  await made.fill("#agent", agent);
  const before = seen.requests;
  await made.press("#agent", "Enter");
  await made.waitForSelector(`.niche .agent[data-name=${agent}]`);
  return seen.requests - before;
}

const steps = {
  // Choose imatinib, see RP06 open; add plerixafor, see it cut and RP07 stay; open the proof.
  async story() {
    const made = await page();
    await visit(made, "");
    const told = { untreated: await statuses(made), opening: seen.requests, changes: [] };
    told.changes.push(await give(made, "imatinib"));
    told.imatinib = await statuses(made);
    told.opened = await made.evaluate(() => document.querySelectorAll(".niche .edge.is-opened .mark").length);
    await shot(made, "story-imatinib", false);
    told.changes.push(await give(made, "plerixafor"));
    told.both = await statuses(made);
    told.struck = await made.evaluate(() => document.querySelectorAll(".niche .edge.is-cut .mark").length);
    told.headline = await made.textContent("#headline");
    told.address = made.url();
    await made.click(".niche .route[data-name=RP06] rect");
    await settled(made);
    told.proof = await made.textContent("#details .proof");
    await shot(made, "story-proof", false);
    await made.click("#details .proof button");
    await made.waitForSelector("#details .unfolded .claim");
    await made.keyboard.press("Escape");
    await made.click(".verdict:has-text('sensitises') button:has-text('proof')");
    await settled(made);
    told.verdict = await made.textContent("#details .proof");
    await made.click("#details .close");
    await made.dispatchEvent(".niche .edge.signal.is-cut .reach", "click");
    await settled(made);
    told.evidence = await made.textContent("#details .claim");
    await visit(made, told.address);
    await settled(made);
    told.mailed = await statuses(made);
    await made.selectOption("#state", "T315I");
    await made.waitForSelector(".chip.state");
    await settled(made);
    told.lesion = [await made.textContent(".verdicts"), made.url()];
    return told;
  },

  // Everything that a pointer does, with the keyboard alone.
  async keyboard() {
    const made = await page();
    await visit(made, "#niche?cell=CML_LSC&agents=imatinib+plerixafor");
    const told = { reached: [], visible: true };
    const focused = () => made.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return {};
      const style = getComputedStyle(element);
      const rect = element.querySelector?.(":scope > rect, :scope > .line");
      return {
        what: element.className.baseVal ?? (element.id || element.textContent.trim().slice(0, 40) || element.className),
        shown: parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none" || (rect && getComputedStyle(rect).stroke === "rgb(230, 159, 0)"),
      };
    });
    for (let presses = 0; presses < 300; presses += 1) {
      await made.keyboard.press("Tab");
      const { what, shown } = await focused();
      if (!what || presses && what === told.reached[0]) break;
      told.reached.push(what);
      if (!shown) told.visible = what;
    }
    await made.focus(".niche .route[data-name=RP06]");
    await made.keyboard.press("Enter");
    await settled(made);
    told.opened = await made.evaluate(() => document.activeElement.closest("#details") !== null);
    await made.keyboard.press("Escape");
    told.returned = await made.evaluate(() => document.activeElement.dataset?.name ?? document.activeElement.tagName);
    await made.focus(".niche .edge.signal");
    await made.keyboard.press(" ");
    await settled(made);
    told.claims = await made.locator("#details .claim").count();
    await made.keyboard.press("Escape");
    await visit(made, "#matrix?cell=CML_LSC&agents=imatinib");
    told.stops = await made.locator(".grid td [tabindex='0']").count();
    await made.focus(".grid td [tabindex='0']");
    for (const key of ["ArrowDown", "ArrowRight", "Enter"]) await made.keyboard.press(key);
    await settled(made);
    told.matrix = [await made.textContent("#details h2"), await made.textContent("#details .proof")];
    await visit(made, "#niche?cell=CML_LSC&agents=imatinib+plerixafor");
    await made.focus(".skip");
    await made.keyboard.press("Enter");
    told.skipped = await made.evaluate(() => document.activeElement.id);
    told.stayed = made.url().includes("plerixafor");
    return told;
  },

  // Every view at two widths and in both modes: pictures, and what axe-core says where both are new.
  async views() {
    const told = { axe: [], wide: [] };
    const views = {
      niche: "#niche?cell=CML_LSC&agents=imatinib+plerixafor", matrix: "#matrix?cell=CML_LSC&agents=imatinib",
      combine: "#combine?cell=CML_LSC&agents=imatinib", conflicts: "#conflicts?about=plerixafor",
      query: "#query?name=agents-on-target&run=1&cell=CML_LSC",
    };
    for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [400, "light"], [400, "dark"]]) {
      const made = await page({ viewport: { width, height: 900 }, colorScheme });
      for (const [name, hash] of Object.entries(views)) {
        await visit(made, hash);
        await shot(made, `${name}-${width}-${colorScheme}`);
        if (name === "niche") {
          await made.click(".niche .route[data-name=RP06] rect");
          await settled(made);
          await shot(made, `details-${width}-${colorScheme}`, false);
        }
        if (await isWide(made)) told.wide.push(`${name} at ${width}`);
        if ((width === 400) === (colorScheme === "dark")) told.axe.push(...await faults(made, `${name} ${width} ${colorScheme}`));
      }
      await made.close();
    }
    return told;
  },

  // Run a library query, and the same in the large editor.
  async query() {
    const made = await page();
    await visit(made, "#query?cell=CML_LSC");
    const table = (where) => made.evaluate((rows) => [...document.querySelectorAll(`${rows} tbody tr`)].map((tr) => [...tr.cells].map((td) => td.textContent)), where);
    await made.click("button:text-is('Agents that act on a molecule')");
    await made.waitForSelector("#rows tbody");
    const told = { rows: await table("#rows") };
    told.csv = await downloaded(made, "CSV");
    await made.fill("#editor", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }");
    const known = seen.console.length;
    await made.click("#run");
    told.refused = await made.textContent("[role=alert]");
    seen.console.splice(known); // the browser itself reports the status 400
    await made.fill("#editor", "SELECT ?r WHERE { ?r :retains :CML_LSC } ORDER BY ?r");
    await made.click("#run");
    await made.waitForSelector("#rows tbody");
    told.own = (await table("#rows")).length;
    await made.click("button:has-text('Large editor')");
    await made.click("#yasgui .yasqe_queryButton");
    await made.waitForSelector("#yasgui .yasr tbody tr");
    told.large = await made.locator("#yasgui .yasr tbody tr").count();
    await shot(made, "yasgui");
    return told;
  },

  // A server that is busy for a while, and one that stays busy.
  async busy() {
    const made = await page();
    await visit(made, "#conflicts");
    const told = { asked: 0 };
    const answered = (after) => ({ status: 503, headers: { "retry-after": after }, json: { error: "too many questions at once" } });
    await made.route("**/api/combine?**", (route) => (told.asked += 1) < 3 ? route.fulfill(answered("1")) : route.continue());
    await made.goto(`${url}/#combine?cell=CML_LSC&agents=imatinib`);
    await made.waitForSelector("#waiting:not(:empty)");
    told.said = await made.textContent("#waiting");
    await shot(made, "busy", false);
    await settled(made);
    told.after = [await made.textContent("#waiting"), await made.locator("[role=alert]").count()];
    told.refused = 0;
    await made.route("**/sparql", (route) => { told.refused += 1; return route.fulfill(answered("0.01")); });
    await visit(made, "#query?cell=CML_LSC&name=agents-on-target&run=1");
    told.alert = await made.textContent("[role=alert]");
    told.quiet = await made.textContent("#waiting");
    seen.console.splice(0); // the browser itself reports each status 503
    return told;
  },

  // Pages over hostile labels: nothing runs, nothing is loaded.
  async hostile() {
    const made = await page();
    const told = { pwned: null, text: 0, markup: 0, controls: 0 };
    for (const hash of process.env.PAGES.split(" ")) {
      await visit(made, hash);
      if (await made.$(".niche .route[tabindex]")) {
        await made.focus(".niche .route[tabindex]");
        await made.keyboard.press("Enter");
        await settled(made);
      }
      if (hash.startsWith("#query")) told.csv = await downloaded(made, "CSV");
      told.pwned ??= await made.evaluate(() => window.PWNED ?? null);
      told.text += await made.evaluate(() => document.body.innerText.length);
      told.markup += await made.evaluate(() => document.querySelectorAll("main script, main iframe, main img, main object, main a[href^=javascript], svg script, svg image, svg foreignObject, svg a").length);
    }
    return told;
  },

  // A file that stands alone.
  async file() {
    const made = await page({ javaScriptEnabled: process.env.SCRIPTS === "1" });
    await made.goto(url);
    await shot(made, "report");
    const told = { text: await made.innerText("body"), pictures: await made.locator("svg.niche").count() };
    if (process.env.SCRIPTS === "1") told.axe = await faults(made, "report");
    await made.setViewportSize({ width: 400, height: 900 });
    await shot(made, "report-400");
    told.wide = process.env.SCRIPTS === "1" && await isWide(made);
    return told;
  },
};

async function downloaded(made, kind) {
  const [file] = await Promise.all([made.waitForEvent("download"), made.click(`button:text-is('Download ${kind}')`)]);
  return readFileSync(await file.path(), "utf-8");
}

try {
  const told = await steps[step]();
  console.log(JSON.stringify({ ...seen, told }));
} finally {
  await browser.close();
}
