// Drives the explorer in a headless Chromium and prints what it saw as JSON.
//   node explorer.mjs URL CHROMIUM STEP [FOLDER FOR PICTURES]

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [, , url, executablePath, step, folder] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const seen = { console: [], errors: [], elsewhere: [], dialogs: 0 };
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-gpu"],
});

async function page(options = {}) {
  const made = await browser.newPage({ viewport: { width: 1280, height: 900 }, bypassCSP: false, ...options });
  made.on("console", (message) => { if (["error", "warning"].includes(message.type())) seen.console.push(message.text()); });
  made.on("pageerror", (error) => seen.errors.push(error.message));
  made.on("dialog", (dialog) => { seen.dialogs += 1; dialog.dismiss(); });
  made.on("request", (request) => {
    const where = request.url();
    if (!/^(http:\/\/127\.0\.0\.1|data:|blob:|file:)/.test(where)) seen.elsewhere.push(where);
  });
  return made;
}

async function shot(made, name) {
  if (folder) await made.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

async function settled(made) {
  await made.waitForLoadState("networkidle");
  await made.waitForTimeout(120);
}

const statusOf = (made, route) => made.evaluate((name) => document.querySelector(`.niche .route[data-name="${name}"]`)?.dataset.state ?? null, route);

const steps = {
  // Choose imatinib, see RP06 open; add plerixafor, see it cut and RP07 stay; open the proof.
  async story() {
    const made = await page();
    await made.goto(`${url}/`);
    await made.waitForSelector(".niche");
    const told = { untreated: await statusOf(made, "RP06") };
    await made.fill("#agent", "imatinib");
    await made.press("#agent", "Enter");
    await made.waitForSelector(".niche .agent[data-name=imatinib]");
    told.imatinib = [await statusOf(made, "RP06"), await statusOf(made, "RP07")];
    await shot(made, "story-imatinib");
    await made.fill("#agent", "plerixafor");
    await made.press("#agent", "Enter");
    await made.waitForSelector(".niche .agent[data-name=plerixafor]");
    told.both = [await statusOf(made, "RP06"), await statusOf(made, "RP07")];
    told.struck = await made.evaluate(() => document.querySelectorAll(".niche .edge.is-cut .mark").length);
    told.address = made.url();
    await made.click(".niche .route[data-name=RP06] rect");
    await made.waitForSelector("#details .proof");
    told.proof = await made.textContent("#details");
    await shot(made, "story-proof");
    await made.keyboard.press("Escape");
    await made.focus(".niche .edge.signal");
    await made.keyboard.press("Enter");
    await made.waitForSelector("#details .claim");
    told.evidence = await made.textContent("#details .claim");
    await made.goto("about:blank");
    await made.goto(told.address);
    await made.waitForSelector(".niche .agent[data-name=plerixafor]");
    told.mailed = [await statusOf(made, "RP06"), await statusOf(made, "RP07")];
    return told;
  },

  // Every view at two widths and in both modes: pictures, and what axe-core says.
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
        await made.goto("about:blank");
        await made.goto(`${url}/${hash}`);
        await settled(made);
        if (name === "niche") { await made.click(".niche .route[data-name=RP06] rect"); await settled(made); await shot(made, `details-${width}-${colorScheme}`); await made.keyboard.press("Escape"); }
        await shot(made, `${name}-${width}-${colorScheme}`);
        if (await made.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1)) told.wide.push(`${name} at ${width}`);
        const client = await made.context().newCDPSession(made);
        await client.send("Runtime.evaluate", { expression: axe });
        const found = await made.evaluate(() => window.axe.run());
        for (const violation of found.violations) if (["serious", "critical"].includes(violation.impact))
          told.axe.push(`${name} ${width} ${colorScheme}: ${violation.id} ${violation.nodes[0].html.slice(0, 140)} (${violation.nodes.length})`);
      }
      await made.close();
    }
    return told;
  },

  // Run a library query, and the same in the large editor.
  async query() {
    const made = await page();
    await made.goto(`${url}/#query?cell=CML_LSC`);
    await made.click("button:text-is('Agents that act on a molecule')");
    await made.waitForSelector("#rows tbody");
    const told = { rows: await made.evaluate(() => [...document.querySelectorAll("#rows tbody tr")].map((tr) => [...tr.cells].map((td) => td.textContent))) };
    await made.fill("#editor", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }");
    const errors = seen.console.length;
    await made.click("#run");
    await made.waitForSelector("[role=alert]");
    told.refused = await made.textContent("[role=alert]");
    seen.console.splice(errors);
    await made.click("button:has-text('Large editor')");
    await made.waitForSelector("#yasgui .CodeMirror");
    await settled(made);
    told.large = await made.evaluate(() => document.querySelectorAll("#yasgui .yasqe").length);
    await shot(made, "yasgui");
    return told;
  },

  // Pages over hostile labels: nothing runs, nothing is loaded.
  async hostile() {
    const made = await page();
    const told = {};
    for (const hash of process.env.PAGES.split(" ")) {
      await made.goto("about:blank");
      await made.goto(hash.includes("://") ? hash : `${url}/${hash}`);
      await settled(made);
      if (await made.$(".niche .route")) { await made.focus(".niche .route[tabindex]").catch(() => {}); await made.keyboard.press("Enter"); await settled(made); }
    }
    told.pwned = await made.evaluate(() => window.PWNED ?? null);
    told.text = await made.evaluate(() => document.body.innerText.length);
    told.markup = await made.evaluate(() => document.querySelectorAll("main script, main iframe, main img, main object, svg script, svg image, svg foreignObject").length);
    return told;
  },

  // A file that stands alone.
  async file() {
    const made = await page({ javaScriptEnabled: process.env.SCRIPTS === "1" });
    await made.goto(url);
    await shot(made, "report");
    const told = { text: await made.innerText("body").catch(() => ""), pictures: await made.locator("svg.niche").count() };
    if (process.env.SCRIPTS === "1") {
      const client = await made.context().newCDPSession(made);
      await client.send("Runtime.evaluate", { expression: axe });
      const found = await made.evaluate(() => window.axe.run());
      told.axe = found.violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => `${v.id} ${v.nodes[0].html.slice(0, 140)}`);
    }
    await made.setViewportSize({ width: 400, height: 900 });
    await shot(made, "report-400");
    told.wide = await made.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1).catch(() => null);
    return told;
  },
};

try {
  const told = await steps[step]();
  console.log(JSON.stringify({ ...seen, told }));
} finally {
  await browser.close();
}
