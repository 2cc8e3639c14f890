// Builds what browsers need from npm into the folder named on the command line.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const out = process.argv[2];
const ours = createRequire(import.meta.url);
const detector = createRequire(ours.resolve("barcode-detector/ponyfill"));
const target = "es2020";

async function folderOf(name, require = ours) {
  // A package may not export its package.json, so climb from its entry point to the folder that has one.
  let folder = dirname(require.resolve(name));
  for (;;) {
    const found = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
    if (JSON.parse(found).version) return folder;
    folder = dirname(folder);
  }
}

async function bundle(contents, name) {
  const stdin = { contents, resolveDir: dirname(import.meta.dirname ?? new URL(".", import.meta.url).pathname) };
  await build({ stdin, outfile: join(out, name), bundle: true, format: "esm", minify: true, target, legalComments: "none" });
}

await mkdir(out, { recursive: true });

// Out of the box the detector fetches its wasm from a CDN: here it lies beside the module, and nothing leaves the house.
await bundle(
  `import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";
   prepareZXingModule({ overrides: { locateFile: (name) => new URL("./" + name, import.meta.url).href } });
   export { BarcodeDetector };`,
  "barcode-detector.js",
);
await bundle(`export { default } from "jsqr";`, "jsqr.js");

const zxing = await folderOf("zxing-wasm/reader", detector);
const htmx = await folderOf("htmx.org");
await copyFile(join(zxing, "dist/reader/zxing_reader.wasm"), join(out, "zxing_reader.wasm"));
await copyFile(join(htmx, "dist/htmx.min.js"), join(out, "htmx.min.js"));

const folders = [htmx, await folderOf("barcode-detector/ponyfill"), zxing, await folderOf("jsqr")];
const licences = folders.map(async (folder) => {
  const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  return `${name} ${version}\n\n${await readFile(join(folder, "LICENSE"), "utf8")}`;
});
await writeFile(join(out, "LICENSES.txt"), (await Promise.all(licences)).join("\n\n----\n\n"));
