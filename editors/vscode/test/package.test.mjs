// What the package holds. Run by `npm test`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import yauzl from "yauzl";

const HERE = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "orm-package-"));
after(() => rmSync(folder, { recursive: true }));

const EVERYWHERE = [
  "[Content_Types].xml",
  "extension.vsixmanifest",
  "extension/LICENSE.txt",
  "extension/changelog.md",
  "extension/dist/THIRD-PARTY-NOTICES.txt",
  "extension/dist/extension.cjs",
  "extension/images/file-dark.svg",
  "extension/images/file-light.svg",
  "extension/images/icon.png",
  "extension/language-configuration.json",
  "extension/package.json",
  "extension/readme.md",
  "extension/syntaxes/orm.tmLanguage.json",
  "extension/walkthrough/ddl.md",
  "extension/walkthrough/migration.md",
  "extension/walkthrough/program.md",
  "extension/walkthrough/schema.md",
];

test("the package holds what runs, and nothing else; the same sources give the same bytes", async () => {
  const [first, second] = [pack("first.vsix"), pack("second.vsix")];
  assert.ok(readFileSync(first).equals(readFileSync(second)), "two packages of the same sources differ");
  const files = await unpack(first);
  assert.deepEqual([...files.keys()].sort(), EVERYWHERE);
  const manifest = JSON.parse(files.get("extension/package.json").text);
  for (const file of mentioned(manifest)) {
    assert.ok(files.has(join("extension", file)), `package.json names ${file}, which is not in the package`);
  }
  for (const [name, { text }] of files) {
    assert.ok(!text.includes(HERE) && !text.includes(homedir() + "/"), `${name} names a path of this machine`);
    assert.ok(!text.includes("sourceMappingURL=data"), `${name} holds its sources`);
  }
});

test("the pictures of the README are those of the repository, under addresses that work wherever it is shown", () => {
  const pictures = [...readFileSync(join(HERE, "README.md"), "utf8").matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((it) => it[1]);
  assert.ok(pictures.length > 0, "there are no pictures");
  for (const picture of pictures) {
    const path = /^https:\/\/raw\.githubusercontent\.com\/orm-lang\/orm\/main\/(.+\.png)$/.exec(picture)?.[1];
    assert.ok(path && existsSync(join(HERE, "../..", path)), `${picture} is no picture of the repository`);
  }
});

test("a package for one platform brings its program, which can be run", async () => {
  const program = join(folder, "orm");
  writeFileSync(program, "#!/bin/sh\n");
  const linux = await unpack(pack("linux.vsix", "--target", "linux-x64", "--server", program));
  assert.deepEqual([...linux.keys()].sort(), [...EVERYWHERE, "extension/server/orm"].sort());
  assert.equal(linux.get("extension/server/orm").mode & 0o777, 0o755);
  assert.match(linux.get("extension.vsixmanifest").text, /TargetPlatform="linux-x64"/);
});

test("a program without its platform is refused", () => {
  assert.throws(() => pack("none.vsix", "--server", join(folder, "orm")), /--target and --server go together/);
});

function pack(name, ...rest) {
  const out = join(folder, name);
  execFileSync(process.execPath, [join(HERE, "package.mjs"), "--out", out, ...rest], { stdio: "pipe" });
  return out;
}

/** The files that package.json says the package has. */
function mentioned({ main, icon, contributes }) {
  const { languages, grammars, walkthroughs } = contributes;
  return [
    main,
    icon,
    ...languages.flatMap((it) => [it.configuration, ...Object.values(it.icon)]),
    ...grammars.map((it) => it.path),
    ...walkthroughs.flatMap((it) => it.steps).flatMap((it) => Object.values(it.media)),
  ];
}

/** Each file of a zip, with its text and its mode. */
async function unpack(file) {
  const zip = await promisify(yauzl.open)(file, { lazyEntries: true });
  const open = promisify(zip.openReadStream.bind(zip));
  const files = new Map();
  return new Promise((resolve, reject) => {
    zip.on("error", reject).on("end", () => resolve(files));
    zip.on("entry", async (entry) => {
      const text = Buffer.concat(await (await open(entry)).toArray()).toString();
      files.set(entry.fileName, { text, mode: entry.externalFileAttributes >>> 16 });
      zip.readEntry();
    });
    zip.readEntry();
  });
}
