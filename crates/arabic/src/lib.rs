//! What are the words in this text?
//!
//! Arabic is written in more ways than one: with hamza or without, with vowel marks or without, stretched, in the
//! letter shapes of old computers, from Persian and Urdu keyboards, in three sets of digits. A program that compares, sorts,
//! counts or addresses Arabic text has to know which differences matter. This crate knows, in rules that are data.
//!
//! | module | question |
//! |---|---|
//! | [`fold`] | Which spellings of this text count as one? |
//! | [`words`] | Where are its words, how many are they, and how does it begin? |
//! | [`sentences`] | Where does each sentence begin and end? |
//! | [`numbers`] | Which numbers stand in this text, in words or digits? |
//! | [`names`] | Which spellings, in which script, are one name? |
//! | [`morphology`] | What is this word made of, and what is it a form of? |
//! | [`slug`] | What is the address of this title? |
//! | [`sort`] | Where does this name stand in a list? |
//! | [`direction`] | Which way does it run, and does anything in it turn it around? |
//! | [`count`] | Which form does the counted noun take? |
//! | [`digits`] | How is this number written? |
//! | [`calendar`] | What is this day called? |
//!
//! # Units
//! Offsets and ranges are in bytes of UTF-8 and stand on character boundaries. Lengths that people set, such as those
//! of slugs and excerpts, are in Unicode scalar values ([`char`]).
//!
//! # What it does not do
//! Nothing reads a file, a clock or the environment; nothing panics on any text; time grows with the length of the
//! text.
//!
//! # Sources
//! Unicode 16: UAX #9 (direction), UAX #15 (normal forms), UAX #29 (word boundaries), RFC 5892 (joiners in names);
//! CLDR 48 (plural rules, names of months and days, directions of languages); the Umm al-Qura calendar (see
//! [`calendar`]).

pub mod calendar;
pub mod count;
pub mod digits;
pub mod direction;
pub mod fold;
mod invisible;
pub mod morphology;
pub mod names;
pub mod numbers;
pub mod sentences;
pub mod slug;
pub mod sort;
pub mod words;

/// The examples of the README are tested with those of the modules.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
