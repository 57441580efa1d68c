// Draws images/icon.png: `node build/draw-icon.js`. Two devices whose requests meet in one table.

import { writeFile } from "node:fs/promises";
import { crc32, deflateSync } from "node:zlib";

const SIZE = 128;
/** The drawing is made in a square of this many units. */
const UNITS = 16;
/** Points in each direction whose mean is one pixel. */
const SAMPLES = 4;

const GROUND = [0x12, 0x24, 0x3a];
const BLUE = [0x6c, 0xb6, 0xff];
const ORANGE = [0xf0, 0xa3, 0x5e];
const HALF_STROKE = 0.5;

/** Distance to the edge of a rectangle with round corners; negative inside. */
function box(x, y, [left, top, width, height, radius]) {
  const dx = Math.abs(x - left - width / 2) - width / 2 + radius;
  const dy = Math.abs(y - top - height / 2) - height / 2 + radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

/** Distance to a polyline. */
function line(x, y, points) {
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = 1; at < points.length; at++) {
    const [[ax, ay], [bx, by]] = [points[at - 1], points[at]];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const part = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    nearest = Math.min(nearest, Math.hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay)));
  }
  return nearest;
}

/** A path from a device to the table: straight, then a smooth bend. @param from height of the device's middle */
function way(from) {
  const bend = Array.from({ length: 17 }, (_, at) => {
    const part = at / 16;
    return [7.6 + 2.4 * part, from + (8 - from) * part * part * (3 - 2 * part)];
  });
  return [[6.4, from], ...bend];
}

const STROKES = [
  { color: BLUE, distance: (x, y) => Math.abs(box(x, y, [2.6, 3.6, 3.8, 3.2, 0.8])) },
  { color: BLUE, distance: (x, y) => Math.abs(box(x, y, [2.6, 9.2, 3.8, 3.2, 0.8])) },
  { color: BLUE, distance: (x, y) => line(x, y, way(5.2)) },
  { color: BLUE, distance: (x, y) => line(x, y, way(10.8)) },
  { color: ORANGE, distance: (x, y) => Math.abs(box(x, y, [10, 5, 3.4, 6, 0.8])) },
  {
    color: ORANGE,
    distance: (x, y) =>
      line(x, y, [
        [10, 8],
        [13.4, 8],
      ]),
  },
];

/** Colour of a point with its opacity, each from 0 to 255. */
function pointAt(x, y) {
  if (box(x, y, [0, 0, UNITS, UNITS, 3.2]) > 0) return [0, 0, 0, 0];
  const stroke = STROKES.findLast(({ distance }) => distance(x, y) <= HALF_STROKE);
  return [...(stroke?.color ?? GROUND), 255];
}

function pixelAt(column, row) {
  const sum = [0, 0, 0, 0];
  for (let at = 0; at < SAMPLES * SAMPLES; at++) {
    const x = ((column + ((at % SAMPLES) + 0.5) / SAMPLES) * UNITS) / SIZE;
    const y = ((row + (Math.floor(at / SAMPLES) + 0.5) / SAMPLES) * UNITS) / SIZE;
    const [red, green, blue, opacity] = pointAt(x, y);
    for (const [index, value] of [red, green, blue].entries()) sum[index] += (value * opacity) / 255;
    sum[3] += opacity;
  }
  const opacity = sum[3] / SAMPLES ** 2;
  const colors = sum.slice(0, 3).map((value) => (opacity === 0 ? 0 : (value * 255) / sum[3]));
  return [...colors, opacity].map(Math.round);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG of 8 bits for each of red, green, blue and opacity (RFC 2083). */
function png(rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const lines = rows.map((row) => Buffer.from([0, ...row.flat()]));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(lines), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const rows = Array.from({ length: SIZE }, (_, row) =>
  Array.from({ length: SIZE }, (_, column) => pixelAt(column, row)),
);
await writeFile("images/icon.png", png(rows));
