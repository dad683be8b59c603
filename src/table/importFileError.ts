/** The file cannot be read as a whole; the message is one Japanese sentence. */
export class ImportFileError extends Error {
  readonly code = 'IMPORT_FILE'
}
