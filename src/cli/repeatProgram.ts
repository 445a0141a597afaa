/**
 * Executes a program that a run keeps, with the words that it was called with, as long as who started this process lives: the
 * other end of its fourth stream closes with that one.
 */
import { Socket } from "node:net";
import { runProgram } from "./runProgram.js";

const [file = "", ...words] = process.argv.slice(2);
const parent = new Socket({ fd: 3, readable: true, writable: false });
const end = () => process.exit(1);
parent.once("close", end).once("error", end).resume().unref();
process.exitCode = await runProgram(file, words);
