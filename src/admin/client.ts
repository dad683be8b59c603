export { AdminStyles } from './adminStyles'
export { ContentPreview } from './preview/contentPreview'
export { ReviewPanel } from './review/reviewPanel'
export { SlotReading } from './slotReading'
