//! Who listens to the demo.

use super::report::Refusal;
use crate::progress::{Progress, Step};

/// Told of everything as it happens.
pub trait Reporter {
    /// A new part of the story.
    fn part(&mut self, title: &str);
    /// Something has been done.
    fn step(&mut self, text: &str);
    /// Something that must fail has failed.
    fn refused(&mut self, refusal: &Refusal);
    /// Something that may take a while is under way until the result is dropped.
    fn working(&mut self, text: &str) -> Step;
}

/// Says nothing.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Reporter for Silent {
    fn part(&mut self, _: &str) {}
    fn step(&mut self, _: &str) {}
    fn refused(&mut self, _: &Refusal) {}
    fn working(&mut self, text: &str) -> Step {
        Progress::new(false).step(text)
    }
}
