/** https://developers.line.biz/en/reference/messaging-api/#send-multicast-message */
export const LINE_MAX_MESSAGES = 5

/** Messages a text and its add-ons may fill: the last one is the quiet row. */
export const LINE_MAX_OWN_MESSAGES = LINE_MAX_MESSAGES - 1

/** UTF-16 units. https://developers.line.biz/en/docs/messaging-api/text-character-count/ */
export const LINE_MAX_TEXT = 5000

/** UTF-16 units. https://developers.line.biz/en/reference/messaging-api/#flex-message */
export const LINE_MAX_ALT_TEXT = 400

/** UTF-16 units of one text of a card. https://developers.line.biz/en/reference/messaging-api/#f-text */
export const LINE_MAX_FLEX_TEXT = 2000

/** Bytes of JSON. https://developers.line.biz/en/reference/messaging-api/#bubble */
export const LINE_MAX_BUBBLE_BYTES = 30_000

/** https://developers.line.biz/en/reference/messaging-api/#f-carousel */
export const LINE_MAX_BUBBLES = 12

/** Bytes of JSON. https://developers.line.biz/en/reference/messaging-api/#f-carousel */
export const LINE_MAX_CAROUSEL_BYTES = 50_000

/** https://developers.line.biz/en/reference/messaging-api/#f-image */
export const LINE_MAX_IMAGE_ADDRESS = 2000

/** How many times its width a picture of a card may be high. https://developers.line.biz/en/reference/messaging-api/#f-image */
export const LINE_MAX_HEIGHT_OF_WIDTH = 3

/** Most of each number of a picture's `aspectRatio`. https://developers.line.biz/en/reference/messaging-api/#f-image */
export const LINE_MAX_ASPECT = 100_000

/** Most bytes of a picture of a card. https://developers.line.biz/en/reference/messaging-api/#f-image */
export const LINE_MAX_IMAGE_BYTES = 10_000_000

/** UTF-16 units. https://developers.line.biz/en/reference/messaging-api/#action-objects */
export const LINE_MAX_LABEL = 20

/** UTF-16 units. https://developers.line.biz/en/reference/messaging-api/#uri-action */
export const LINE_MAX_URI = 1000

/** UTF-16 units of `data` and `displayText`. https://developers.line.biz/en/reference/messaging-api/#postback-action */
export const LINE_MAX_POSTBACK = 300

/** Size of a message part as LINE counts it: UTF-8 bytes of its JSON. *Pure.* */
export function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length
}
