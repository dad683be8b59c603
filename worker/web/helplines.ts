import { html, type Html } from '../../src/release/escape'
import { readPhone } from '../../src/release/phone'

import type { Words } from './words/standard'

/** A telephone that anybody in Japan may call at any hour, free of charge. */
export interface Helpline {
  name: string
  number: string
}

/** Of abuse, and of bringing up a child: the three digits of the whole country. Before real use: https://www.cfa.go.jp/ */
const CHILDREN: Helpline = {
  name: '児童相談所',
  number: '189',
}

/**
 * Whatever the trouble is. Before real use, check both numbers at the line's own page.
 *
 * Source, of 2013, read 2026-11-28: http://www.mhlw.go.jp/stf/houdou/yorisoigatasoudansienjigyou/
 */
const ANYTHING: Helpline = {
  name: 'よりそいホットライン',
  number: '0120-279-338',
}

/** The same in Iwate, Miyagi and Fukushima, which have a number of their own. */
const ANYTHING_IN_TOHOKU = '0120-279-226'

/** The first two digits of a municipality's code: https://www.soumu.go.jp/denshijiti/code.html */
const TOHOKU = ['03', '04', '07']

/** The national helplines as they are called from a municipality. *Pure.* */
export function helplinesOf(municipality: string): Helpline[] {
  return [anythingFrom(municipality), CHILDREN]
}

/** Those of them that speak of no child. *Pure.* */
export function quietHelplinesOf(municipality: string): Helpline[] {
  return [anythingFrom(municipality)]
}

function anythingFrom(municipality: string): Helpline {
  const isTohoku = TOHOKU.includes(municipality.slice(0, 2))
  return isTohoku ? { ...ANYTHING, number: ANYTHING_IN_TOHOKU } : ANYTHING
}

/** Who answers whatever the trouble is, under a heading and called by a press. *Pure.* */
export function helplineButton(municipality: string, { quietRow }: Words): Html {
  return html`<h2>${quietRow.always}</h2>
    <p>${quietRow.anything} ${callButton(anythingFrom(municipality))}</p>`
}

/**
 * The children's line under a heading of its own, that of danger: the last of a page, and on none that
 * the answer to a loss leads to. *Pure.*
 */
export function childrensLineButton({ quietRow }: Words): Html {
  return html`<h2>${quietRow.danger}</h2>
    <p>${quietRow.always} ${callButton(CHILDREN)}</p>`
}

function callButton({ name, number }: Helpline): Html {
  return html`<a class="button second" href="${readPhone(number)?.href}">${name} ${number}</a>`
}
