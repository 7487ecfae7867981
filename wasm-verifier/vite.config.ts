import { createHash } from "node:crypto";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/**
 * Lets the page run its own script and style and nothing else: whatever it is fed, it can
 * neither load nor send anything.
 */
function contentSecurityPolicy(): Plugin {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const hashes = (html: string, element: string) =>
    [...html.matchAll(new RegExp(`<${element}[^>]*>([^]*?)</${element}>`, "g"))]
      .map(([, text]) => hash(text ?? ""))
      .join(" ");
  const withPolicy = (html: string) => {
    const policy = [
      "default-src 'none'",
      `script-src ${hashes(html, "script")} 'wasm-unsafe-eval'`,
      `style-src ${hashes(html, "style")}`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; ");
    const charset = '<meta charset="utf-8" />';
    const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
    return html.replace(charset, `${charset}\n    ${meta}`);
  };
  return {
    name: "content-security-policy",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "asset" && file.fileName.endsWith(".html")) {
            file.source = withPolicy(String(file.source));
          }
        }
      },
    },
  };
}

export default defineConfig({
  root: "page",
  base: "./",
  plugins: [viteSingleFile(), contentSecurityPolicy()],
  build: {
    outDir: "../dist/page",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
  },
});
