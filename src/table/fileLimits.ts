/** Largest file that is read; 2,500 long texts are a fifth of it. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024

/** What is said of a file that is larger, before any of it is read. */
export const FILE_TOO_LARGE = `ファイルが大きすぎます。${MAX_FILE_BYTES / 1024 / 1024} MB までです。画像や使っていないシートを消すか、行を分けて別のファイルにしてください。`
