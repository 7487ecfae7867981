/** Chromium, a server for what was built on loopback, and where screenshots go. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const CANDIDATES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The page as a person opens it: a file. */
export const PAGE = new URL("../dist/page/index.html", import.meta.url).href;

const TYPES = { html: "text/html", js: "text/javascript" };

const dist = new URL("../dist/", import.meta.url);
const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../target", import.meta.url));
const screenshots = `${target}/wasm-verifier`;

/** Starts the browser; root may not use its sandbox. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? CANDIDATES.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error("no Chromium: apt-get install chromium, or set CHROMIUM to its path");
  }
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}

/** Serves the npm package on loopback, and an empty page to import it into. */
export const servePackage = () => serve("package", "<!doctype html><title>empty</title>");

/** Serves the page on loopback, as a web server would. */
export const servePage = () => serve("page");

/** Serves a folder of what was built; `close` stops it. Without an `index` there must be a file. */
async function serve(folder, index) {
  const server = createServer((request, response) => {
    const name = new URL(request.url, "http://localhost").pathname.slice(1) || "index.html";
    const [, type] = /^[a-z/]+\.(js|html)$/.exec(name) ?? [];
    const file = new URL(`${folder}/${name}`, dist);
    if (name === "index.html" && index !== undefined) {
      response.setHeader("content-type", TYPES.html).end(index);
    } else if (type !== undefined && existsSync(file)) {
      response.setHeader("content-type", TYPES[type]).end(readFileSync(file));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Writes a screenshot of the whole page. */
export async function screenshot(page, name) {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });
}
