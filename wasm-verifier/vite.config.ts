import { createHash } from "node:crypto";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/** The documents, each of which becomes one file, and what each may do beyond running itself. */
const DOCUMENTS: Record<string, string[]> = {
  // Whatever it is fed, it can load nothing but the reader, and send nothing.
  index: ["'wasm-unsafe-eval'", "frame-src 'self'"],
  // Before it asks a node, it forbids itself all others.
  reader: ["", "connect-src https: http:"],
};

/** Lets a document run its own script and style, and nothing else but what is `allowed`. */
function contentSecurityPolicy([scripts, allowed]: string[]): Plugin {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const hashes = (html: string, element: string) =>
    [...html.matchAll(new RegExp(`<${element}[^>]*>([^]*?)</${element}>`, "g"))]
      .map(([, text]) => hash(text ?? ""))
      .join(" ");
  const withPolicy = (html: string) => {
    const policy = [
      "default-src 'none'",
      `script-src ${hashes(html, "script")} ${scripts}`.trim(),
      `style-src ${hashes(html, "style")}`.trim(),
      allowed,
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

/** Builds the document that the mode names. */
export default defineConfig(({ mode }) => ({
  root: "page",
  base: "./",
  plugins: [viteSingleFile(), contentSecurityPolicy(DOCUMENTS[mode] ?? [])],
  build: {
    outDir: "../dist/page",
    emptyOutDir: false,
    target: "es2022",
    modulePreload: { polyfill: false },
    rollupOptions: { input: `page/${mode}.html` },
  },
}));
