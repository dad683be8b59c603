/** UTF-16 units, the end not included. */
interface Place {
  start: number
  end: number
}

/**
 * Where a place of a text stands in the box that shows it; a box has one unit where the text has two
 * for the end of a line. Null when the box shows another text. *Pure.*
 */
export function placeInBox(box: string, text: string, { start, end }: Place): Place | null {
  if (inBox(text) !== inBox(box)) return null
  return { start: inBox(text.slice(0, start)).length, end: inBox(text.slice(0, end)).length }
}

function inBox(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}
