'use client'

import type { ReactNode } from 'react'

import './admin.css'
import './desk/desk.css'
import './thisDay/thisDay.css'
import './dueReviews/dueReviews.css'
import './widgets/widgets.css'

/** Brings the plugin's style sheet to every page of the admin. */
export function AdminStyles({ children }: { children: ReactNode }) {
  return children
}
