// The part of the LINE Messaging API's message objects that kizuna sends, as plain data.
// https://developers.line.biz/en/reference/messaging-api/#message-objects

/** One message of a LINE delivery. */
export type LineMessage = LineTextMessage | LineFlexMessage

/** A text bubble. */
export interface LineTextMessage {
  type: 'text'
  text: string
  sender?: LineSender
}

/** Cards. `altText` is what notifications and old clients show. */
export interface LineFlexMessage {
  type: 'flex'
  altText: string
  contents: FlexBubble | FlexCarousel
  sender?: LineSender
}

/** Who a message says it is from, in place of the account's name; at most 20 characters. */
export interface LineSender {
  name: string
}

/** Several cards side by side. */
export interface FlexCarousel {
  type: 'carousel'
  contents: FlexBubble[]
}

/** One card. */
export interface FlexBubble {
  type: 'bubble'
  size: 'kilo' | 'mega'
  header?: FlexBox
  hero?: FlexImage
  body: FlexBox
  footer?: FlexBox
}

/** A picture that keeps its proportions inside the frame. */
export interface FlexImage {
  type: 'image'
  url: string
  size: 'full'
  aspectRatio: string
  aspectMode: 'fit' | 'cover'
  backgroundColor: string
}

/** A group of parts; with an action, all of it is a button. */
export interface FlexBox {
  type: 'box'
  layout: 'vertical' | 'horizontal' | 'baseline'
  contents: (FlexBox | FlexText)[]
  spacing?: 'xs' | 'sm' | 'md' | 'lg'
  margin?: 'sm' | 'md' | 'lg'
  paddingAll?: string
  cornerRadius?: string
  backgroundColor?: string
  flex?: number
  action?: FlexAction
}

/** What a button does. */
export type FlexAction = FlexLink | FlexPostback

/** Opens a page, or dials a telephone (`tel:`). */
export interface FlexLink {
  type: 'uri'
  label: string
  uri: string
}

/** Tells the account that it was pressed; in the talk it reads as if `displayText` was written. */
export interface FlexPostback {
  type: 'postback'
  label: string
  data: string
  displayText: string
}

/** A paragraph of a card. */
export interface FlexText {
  type: 'text'
  text: string
  size: 'xs' | 'sm' | 'md' | 'lg'
  color: string
  wrap: true
  weight?: 'bold'
  align?: 'center'
  flex?: number
  margin?: 'sm' | 'md' | 'lg'
  lineSpacing?: string
}
