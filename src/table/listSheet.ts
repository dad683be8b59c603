/** Name of the hidden sheet with the choices of an exported workbook; no import reads it. */
export const LIST_SHEET = '選択肢'
