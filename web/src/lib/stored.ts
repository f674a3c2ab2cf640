// What the browser keeps between visits. A page without storage forgets; that is all.
export function stored(key: string): string | null {
  try {
    return localStorage.getItem(`karvan-${key}`);
  } catch {
    return null;
  }
}
export function store(key: string, value: string) {
  try {
    localStorage.setItem(`karvan-${key}`, value);
  } catch {
    // See above.
  }
}
// As a file of this name among the reader's downloads.
export function download(name: string, content: Blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
