/** Files of NumPy's, as the server writes them. */

/** @param {string} type  as NumPy spells it  @param {ArrayBuffer} body  @param {number} [version]  of the format */
export function fileOfNumbers(type, body, version = 1) {
  const header = `${`{'descr': '${type}', 'fortran_order': False, 'shape': (1, 1, 2), }`.padEnd(117)}\n`;
  const text = new TextEncoder();
  const length = version > 1 ? [header.length, 0, 0, 0] : [header.length, 0];
  const parts = [0x93, ...text.encode("NUMPY"), version, 0, ...length, ...text.encode(header), ...new Uint8Array(body)];
  return new Uint8Array(parts).buffer;
}
