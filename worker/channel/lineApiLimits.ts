/** Most recipients of one multicast. https://developers.line.biz/en/reference/messaging-api/#send-multicast-message */
export const LINE_MAX_RECIPIENTS = 500

/** Multicast requests a second and channel, since 2025-04-23. https://developers.line.biz/en/reference/messaging-api/#rate-limits */
export const LINE_MULTICASTS_PER_SECOND = 200

/** Largest request body in bytes (413 above it). https://developers.line.biz/en/reference/messaging-api/#common-specifications */
export const LINE_MAX_BODY_BYTES = 2 * 1024 * 1024

/** How long a retry key is remembered. https://developers.line.biz/en/docs/messaging-api/retrying-api-request/ */
export const LINE_RETRY_KEY_MS = 24 * 60 * 60 * 1000

/** Lifetime of a stateless channel access token. https://developers.line.biz/en/reference/messaging-api/#issue-stateless-channel-access-token */
export const LINE_TOKEN_MS = 15 * 60 * 1000

/** Items of a quick reply. https://developers.line.biz/en/reference/messaging-api/#quick-reply */
export const LINE_MAX_QUICK_REPLIES = 13

/** The sentence that tells the monthly limit from a rate limit. https://developers.line.biz/en/reference/messaging-api/#error-responses */
export const LINE_MONTHLY_LIMIT_MESSAGE = 'You have reached your monthly limit.'

/** Where pictures are sent to. https://developers.line.biz/en/reference/messaging-api/#domain-name */
export const LINE_DATA_API_URL = 'https://api-data.line.me'

/** Bytes of a rich menu's picture. https://developers.line.biz/en/reference/messaging-api/#upload-rich-menu-image */
export const LINE_MAX_MENU_PICTURE_BYTES = 1024 * 1024

/** Rich menus of one channel. https://developers.line.biz/en/reference/messaging-api/#create-rich-menu */
export const LINE_MAX_MENUS = 1000

/** UTF-16 units. https://developers.line.biz/en/reference/messaging-api/#rich-menu-object */
export const LINE_MAX_MENU_NAME = 300

/** UTF-16 units. https://developers.line.biz/en/reference/messaging-api/#rich-menu-object */
export const LINE_MAX_CHAT_BAR_TEXT = 14

/** https://developers.line.biz/en/reference/messaging-api/#rich-menu-object */
export const LINE_MAX_MENU_AREAS = 20

/** Pixels of a rich menu, and the least of its width by its height. https://developers.line.biz/en/reference/messaging-api/#upload-rich-menu-image */
export const LINE_MENU_SIZE = { minWidth: 800, maxWidth: 2500, minHeight: 250, minRatio: 1.45 }
