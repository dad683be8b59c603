#!/usr/bin/env node
// `npx kizuna-worker` and `npx kizuna-worker web`: the delivery half alone, as others install it.
import { openGivenServices } from './app/givenServices'
import { runProgram } from './program'

runProgram(process.argv[2], openGivenServices)
