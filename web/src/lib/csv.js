// @ts-check
// RFC 4180, for texts that the engine has checked already.

/** @param {string} text @returns {string[][]} header and records */
export function parseCsv(text) {
  /** @type {string[][]} */
  const records = [];
  /** @type {string[]} */
  let record = [];
  let i = 0;
  while (i < text.length) {
    let cell = '';
    if (text[i] === '"') {
      for (++i; i < text.length; ++i) {
        if (text[i] !== '"') cell += text[i];
        else if (text[i + 1] === '"') cell += text[i++];
        else break;
      }
      ++i;
    } else {
      const begin = i;
      while (i < text.length && text[i] !== ',' && text[i] !== '\n' && text[i] !== '\r') ++i;
      cell = text.slice(begin, i);
    }
    record.push(cell);
    if (text[i] === ',') {
      ++i;
      if (i === text.length) record.push('');
      continue;
    }
    if (text[i] === '\r') ++i;
    if (text[i] === '\n') ++i;
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  }
  return records;
}
