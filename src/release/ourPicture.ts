/** Longest side of a picture as LINE shows it. https://developers.line.biz/en/reference/messaging-api/#f-image */
export const LINE_PICTURE_SIDE = 1024

/** Width of the small size, for mail: twice the 96 points of a cover, for fine screens. */
export const SMALL_PICTURE_WIDTH = 192

/** What pictures of ours are called: a letter for letter random name, and the type they truly have. */
const OUR_NAME = /^(picture-[0-9a-f]{32})\.(jpg|png)$/

const ONE_OF_OURS = /^picture-[0-9a-f]{32}(-\d+)?\.(jpg|png)$/

/** Whether a name is of a picture of ours, in any size. *Pure.* */
export function isOurPictureName(name: string): boolean {
  return ONE_OF_OURS.test(name)
}

/** Name of the small size of a picture of ours, or null for a name that is not of ours. *Pure.* */
export function smallPictureName(name: string): string | null {
  const [, stem, type] = OUR_NAME.exec(name) ?? []
  return stem ? `${stem}-${SMALL_PICTURE_WIDTH}.${type}` : null
}

/** The address of the small size when the picture is one of ours, else the address itself. *Pure.* */
export function smallPictureAddress(address: string): string {
  const [, folder, name] = /^(.*media\/file\/)([^/?#]+)$/.exec(address) ?? []
  const small = smallPictureName(name ?? '')
  return small === null ? address : `${folder}${small}`
}
