import {
  jsonBytes,
  LINE_MAX_ALT_TEXT,
  LINE_MAX_ASPECT,
  LINE_MAX_BUBBLE_BYTES,
  LINE_MAX_BUBBLES,
  LINE_MAX_CAROUSEL_BYTES,
  LINE_MAX_HEIGHT_OF_WIDTH,
  LINE_MAX_IMAGE_ADDRESS,
  LINE_MAX_LABEL,
  LINE_MAX_MESSAGES,
  LINE_MAX_POSTBACK,
  LINE_MAX_TEXT,
  LINE_MAX_URI,
} from '../../src/release/lineMessageLimits'
import { LINE_MAX_QUICK_REPLIES, LINE_MAX_RECIPIENTS } from '../channel/lineApiLimits'
import { PICTURE_ADDRESS } from './link'

/** One complaint of a 400, as the vendor words it. */
export interface LineDetail {
  message: string
  property: string
}

/** A user id: `U` and 32 lower-case hexadecimal digits. */
export const USER_ID = /^U[0-9a-f]{32}$/

type Json = Record<string, unknown>

/** What is wrong with the `to` of a multicast: a complaint, or the vendor's sentence on one id. *Pure.* */
export function checkRecipients(to: unknown): LineDetail | string | null {
  if (!Array.isArray(to) || to.length === 0 || to.length > LINE_MAX_RECIPIENTS) {
    return { message: `Size must be between 1 and ${LINE_MAX_RECIPIENTS}`, property: 'to' }
  }
  const bad = to.findIndex((id) => typeof id !== 'string' || !USER_ID.test(id))
  return bad < 0 ? null : badPropertySentence(`to[${bad}]`)
}

/** The vendor's sentence for one bad property. *Pure.* */
export function badPropertySentence(property: string): string {
  return `The property, '${property}', in the request body is invalid (line: -, column: -)`
}

/** Everything wrong with the messages of a request. *Pure.* */
export function checkMessages(messages: unknown): LineDetail[] {
  if (!Array.isArray(messages) || messages.length < 1 || messages.length > LINE_MAX_MESSAGES) {
    return [{ message: `Size must be between 1 and ${LINE_MAX_MESSAGES}`, property: 'messages' }]
  }
  return messages.flatMap((message, index) => checkMessage(message as Json, `messages[${index}]`))
}

function checkMessage(message: Json, property: string): LineDetail[] {
  const quickReply = (message?.quickReply as Json | undefined)?.items
  const tooMany = Array.isArray(quickReply) && quickReply.length > LINE_MAX_QUICK_REPLIES
  return [
    ...checkByType(message, property),
    ...(tooMany
      ? [
          detail(
            `${property}.quickReply.items`,
            `Size must be between 1 and ${LINE_MAX_QUICK_REPLIES}`,
          ),
        ]
      : []),
  ]
}

function checkByType(message: Json, property: string): LineDetail[] {
  switch (message?.type) {
    case 'text':
      return checkText(message.text, { property: `${property}.text`, max: LINE_MAX_TEXT })
    case 'flex':
      return [
        ...checkText(message.altText, { property: `${property}.altText`, max: LINE_MAX_ALT_TEXT }),
        ...checkContainer(message.contents as Json, `${property}.contents`),
      ]
    case 'image':
      return [
        ...checkHttps(message.originalContentUrl, `${property}.originalContentUrl`),
        ...checkHttps(message.previewImageUrl, `${property}.previewImageUrl`),
      ]
    case 'template':
      return [
        ...checkText(message.altText, { property: `${property}.altText`, max: LINE_MAX_ALT_TEXT }),
        ...checkConfirm(message.template as Json, `${property}.template`),
      ]
    default:
      return [
        detail(
          `${property}.type`,
          'Must be one of the following values: [text, flex, image, template]',
        ),
      ]
  }
}

function checkText(
  text: unknown,
  { property, max }: { property: string; max: number },
): LineDetail[] {
  if (typeof text !== 'string' || text.trim() === '') return [detail(property, 'May not be empty')]
  return text.length > max ? [detail(property, `Length must be between 0 and ${max}`)] : []
}

/** https://developers.line.biz/en/reference/messaging-api/#confirm */
const CONFIRM = { text: 240, actions: 2 }

/** The one kind of template that is played here: a question with two buttons. */
function checkConfirm(template: Json, property: string): LineDetail[] {
  const actions = Array.isArray(template?.actions) ? (template.actions as Json[]) : []
  if (template?.type !== 'confirm') return [detail(`${property}.type`, 'unknown template')]
  if (actions.length !== CONFIRM.actions) return [detail(`${property}.actions`, 'Size must be 2')]
  return [
    ...checkText(template.text, { property: `${property}.text`, max: CONFIRM.text }),
    ...actions.flatMap((action, i) => checkAction(action, `${property}.actions[${i}]`)),
  ]
}

function checkContainer(container: Json, property: string): LineDetail[] {
  if (container?.type === 'bubble') return checkBubble(container, property)
  const bubbles = container?.type === 'carousel' ? container.contents : null
  if (!Array.isArray(bubbles)) return [detail(property, 'invalid container')]
  if (bubbles.length < 1 || bubbles.length > LINE_MAX_BUBBLES) {
    return [detail(`${property}.contents`, `Size must be between 1 and ${LINE_MAX_BUBBLES}`)]
  }
  if (jsonBytes(container) > LINE_MAX_CAROUSEL_BYTES) return [detail(property, 'too large')]
  return bubbles.flatMap((bubble, index) =>
    checkBubble(bubble as Json, `${property}.contents[${index}]`),
  )
}

function checkBubble(bubble: Json, property: string): LineDetail[] {
  if (bubble?.type !== 'bubble') return [detail(property, 'invalid property')]
  if (jsonBytes(bubble) > LINE_MAX_BUBBLE_BYTES) return [detail(property, 'too large')]
  return ['header', 'hero', 'body', 'footer'].flatMap((part) =>
    bubble[part] === undefined ? [] : checkPart(bubble[part] as Json, `${property}.${part}`),
  )
}

function checkPart(part: Json, property: string): LineDetail[] {
  const contents = Array.isArray(part?.contents) ? (part.contents as Json[]) : []
  const inside = contents.flatMap((one, i) => checkPart(one, `${property}.contents[${i}]`))
  return [
    ...inside,
    ...checkOwn(part, property),
    ...checkAction(part?.action as Json, `${property}.action`),
  ]
}

function checkOwn(part: Json, property: string): LineDetail[] {
  switch (part?.type) {
    case 'box':
      return Array.isArray(part.contents) ? [] : [detail(property, 'contents is required')]
    case 'text':
      if (Array.isArray(part.contents)) return []
      return checkText(part.text, { property: `${property}.text`, max: 2000 })
    case 'image':
      return checkImage(part, property)
    case 'icon':
      return checkHttps(part.url, `${property}.url`)
    case 'button':
      return part.action ? [] : [detail(`${property}.action`, 'must be specified')]
    case 'separator':
    case 'filler':
    case 'spacer':
    case 'span':
      return []
    default:
      return [detail(property, 'unknown component')]
  }
}

/** Everything wrong with the action of a button. *Pure.* */
export function checkAction(action: Json | undefined, property: string): LineDetail[] {
  if (action === undefined) return []
  const label = checkText(action.label, { property: `${property}.label`, max: LINE_MAX_LABEL })
  return [...label, ...checkTarget(action, property)]
}

function checkTarget(action: Json, property: string): LineDetail[] {
  switch (action.type) {
    case 'uri':
      return checkUri(action.uri, `${property}.uri`)
    case 'postback':
      return [
        ...checkText(action.data, { property: `${property}.data`, max: LINE_MAX_POSTBACK }),
        ...checkText(action.displayText ?? ' x', {
          property: `${property}.displayText`,
          max: LINE_MAX_POSTBACK,
        }),
      ]
    default:
      return [detail(`${property}.type`, 'Must be one of the following values: [uri, postback]')]
  }
}

function checkUri(uri: unknown, property: string): LineDetail[] {
  if (typeof uri !== 'string' || !/^(https?|line|tel):/.test(uri)) {
    return [detail(property, 'invalid uri scheme')]
  }
  return checkText(uri, { property, max: LINE_MAX_URI })
}

/** https://developers.line.biz/en/reference/messaging-api/#f-image */
const ASPECT_MODES: readonly unknown[] = [undefined, 'cover', 'fit']

function checkImage({ url, aspectRatio, aspectMode }: Json, property: string): LineDetail[] {
  return [
    ...checkHttps(url, `${property}.url`),
    ...(isAspectRatio(aspectRatio)
      ? []
      : [detail(`${property}.aspectRatio`, 'invalid aspect ratio')]),
    ...(ASPECT_MODES.includes(aspectMode)
      ? []
      : [detail(`${property}.aspectMode`, 'invalid property')]),
  ]
}

function isAspectRatio(ratio: unknown): boolean {
  if (ratio === undefined) return true
  const [, width = 0, height = 0] = (/^(\d+):(\d+)$/.exec(String(ratio)) ?? []).map(Number)
  const isWithin = [width, height].every((side) => side >= 1 && side <= LINE_MAX_ASPECT)
  return isWithin && height <= width * LINE_MAX_HEIGHT_OF_WIDTH
}

function checkHttps(url: unknown, property: string): LineDetail[] {
  const isSound =
    typeof url === 'string' && PICTURE_ADDRESS.test(url) && url.length <= LINE_MAX_IMAGE_ADDRESS
  return isSound ? [] : [detail(property, 'invalid uri')]
}

function detail(property: string, message: string): LineDetail {
  return { message, property }
}
