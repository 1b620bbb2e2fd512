import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Problem } from "../problem.ts";
import { commandsOnFreshDatabase } from "../test-support/commands-on-fresh-database.ts";
import { fileOf } from "../test-support/file-of.ts";
import { setBrand } from "./set-brand.ts";

const { database, refused, run } = commandsOnFreshDatabase();

const PNG = Buffer.from("\x89PNG\r\n\x1a\n and so on", "latin1");
const WEBP = Buffer.from("RIFF\x10\0\0\0WEBPVP8L", "latin1");
const SVG = `<?xml version="1.0" encoding="UTF-8"?><!-- > by hand -->
  <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox='0 0 9 9'>
    <defs><linearGradient id="a"><stop offset="0" stop-color="#0b5a54"/></linearGradient></defs>
    <style>.b { fill: url(#a) }</style><path class="b" d="M0 0h9v9z"/><use xlink:href="#c"/>
  </svg>`;

test("set-brand sets what is given, leaves the rest, and clears all of it", () => {
  const brand = () => database.rows("SELECT brand FROM tenants").map((row) => row["brand"]);
  const said = run(setBrand, "--name", "Ann's Acme", "--color", "#0B5A54");
  assert.equal(said, "The tenant default has its name and color, within a minute.");
  assert.deepEqual(brand(), ['{"name":"Ann\'s Acme","color":"#0b5a54"}']);
  run(setBrand, "--color", "#ffffff");
  assert.deepEqual(brand(), ['{"name":"Ann\'s Acme","color":"#ffffff"}']);
  run(setBrand, "--clear");
  assert.deepEqual(brand(), [null]);
});

test("set-brand refuses what is no look, and a tenant that is not there", () => {
  refused(/no looks of its own/, setBrand);
  refused(/no looks of its own/, setBrand, "--clear", "--name", "Acme");
  refused(/no tenant with the slug "acme"/, setBrand, "--tenant", "acme", "--name", "Acme");
  refused(/not a name/, setBrand, "--name", "two\nlines");
  for (const color of ["red", "#fff", "0b5a54", "#0b5a5", "#0b5a54;}", "#0b5a5g", "#0b5a54ff"]) {
    refused(/not a colour/, setBrand, "--color", color);
  }
  assert.deepEqual(database.rows("SELECT brand FROM tenants"), [{ brand: null }]);
});

for (const [bytes, mediaType] of [
  [PNG, "image/png"],
  [WEBP, "image/webp"],
  [Buffer.from(SVG), "image/svg+xml"],
] as const) {
  test(`set-brand takes ${mediaType} by what is in the file, whatever its name`, () => {
    run(setBrand, "--logo", fileOf(bytes));
    const [{ brand = null } = {}] = database.rows("SELECT brand FROM tenants");
    const version = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    const logo = { mediaType, base64: bytes.toString("base64"), version };
    assert.deepEqual(JSON.parse(String(brand)), { logo });
  });
}

test("set-brand refuses a file that is no such image, too large or not there", () => {
  refused(/no PNG, no WebP and no SVG/, setBrand, "--logo", fileOf(Buffer.from("GIF89a")));
  refused(/no PNG, no WebP and no SVG/, setBrand, "--logo", fileOf(Buffer.from("x<svg></svg>")));
  refused(/no PNG, no WebP and no SVG/, setBrand, "--logo", fileOf(Buffer.from("RIFF....WAVE")));
  refused(/has 8193 bytes/, setBrand, "--logo", fileOf(Buffer.concat([PNG], 8193)));
  refused(/cannot be read/, setBrand, "--logo", "/nowhere/logo.svg");
  run(setBrand, "--logo", fileOf(Buffer.concat([PNG], 8192)));
});

for (const [inside, what] of [
  ["<script>alert(1)</script>", "the element <script>"],
  ["<SCRIPT/>", "the element <SCRIPT>"],
  ["<s:script xmlns:s='http://www.w3.org/2000/svg'/>", "the element <s:script>"],
  ["<foreignObject><p/></foreignObject>", "the element <foreignObject>"],
  ["<image href='logo.png'/>", "the element <image>"],
  ["<a href='#x'/>", "the element <a>"],
  ["<animate attributeName='href' to='javascript:1'/>", "the element <animate>"],
  ["<set attributeName='onload' to='1'/>", "the element <set>"],
  ["<path onload='alert(1)'/>", "the event handler onload"],
  ['<path\nONCLICK = "alert(1)"/>', "the event handler ONCLICK"],
  ["<path onload=alert(1) />", "an attribute without quotes"],
  ["<use href='https://evil.test/x.svg#a'/>", "a reference to elsewhere"],
  ["<use xlink:href='data:image/svg+xml,x'/>", "a reference to elsewhere"],
  ["<use y:href='//evil.test'/>", "a reference to elsewhere"],
  ["<path fill='url( \"https://evil.test\")'/>", "a reference to elsewhere"],
  ["<path style='fill: URL(//evil.test)'/>", "a reference to elsewhere"],
  ["<style>@import 'https://evil.test';</style>", "a reference to elsewhere"],
  ["<style>* { background: image-set('x' 1x) }</style>", "a reference to elsewhere"],
  ["<style>* { fill: u\\72l(//evil.test) }</style>", "an entity or an escape"],
  ["<path d='&#106;'/>", "an entity or an escape"],
  ["<path d='&evil;'/>", "an entity or an escape"],
  ["<![CDATA[<script/>]]>", "a declaration or an instruction"],
  ["<?xml-stylesheet href='https://evil.test'?>", "a declaration or an instruction"],
  ["<!-- --><!DOCTYPE svg>", "a declaration or an instruction"],
  ["<path d='", "a tag that does not end"],
] as const) {
  test(`set-brand refuses an SVG with ${what}: ${inside}`, () => {
    const path = fileOf(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`));
    assert.throws(
      () => run(setBrand, "--logo", path),
      (error) => error instanceof Problem && error.message.includes(` has ${what}, `),
    );
  });
}

test("set-brand refuses an SVG in an encoding in which it could read otherwise", () => {
  const svg = Buffer.from(SVG.replace("UTF-8", "UTF-7"));
  refused(/a declaration or an instruction/, setBrand, "--logo", fileOf(svg));
});
