//! The property, and that it says something.

use std::rc::Rc;

use assay_reference::message::Step;
use assay_reference::refusal::Refusal;

use crate::chain::forgers;
use crate::coverage::Coverage;
use crate::ending;
use crate::events;
use crate::forge::Forger;
use crate::generate::Generator;
use crate::sequence::Sequence;
use crate::shrink::shrink;

/// Steps of a sequence: long, as beginning one costs as much as many messages.
const STEPS: usize = 2_000;

/// From how many messages on everything has to be seen.
const ENOUGH: u64 = 100_000;

fn variable(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.replace('_', "").parse().expect("a number"))
}

/// Random steps and why the last of them failed.
type Failure = (Vec<Step>, String);

/// Takes random steps.
fn take_steps(forgers: &Rc<Vec<Forger>>, seed: u64) -> Result<(Sequence, Vec<Step>), Failure> {
    let mut sequence = Sequence::new(forgers, seed);
    let mut generator = Generator::new(seed);
    let mut steps = beginning();
    for taken in 0..STEPS {
        if taken >= steps.len() {
            steps.push(generator.next(&sequence.model));
        }
        if let Err(why) = sequence.step(&steps[taken]) {
            return Err((steps, why));
        }
    }
    Ok((sequence, steps))
}

/// Takes random steps, and ends everything.
fn run(forgers: &Rc<Vec<Forger>>, seed: u64) -> Result<Coverage, Failure> {
    let (mut sequence, steps) = take_steps(forgers, seed)?;
    match ending::end(&mut sequence) {
        Ok(()) => Ok(sequence.coverage),
        Err(why) => Err((steps, why)),
    }
}

/// A sequence that isn't ended.
pub fn sequence_of(forgers: &Rc<Vec<Forger>>, seed: u64) -> Sequence {
    match take_steps(forgers, seed) {
        Ok((sequence, _)) => sequence,
        Err((steps, why)) => fail(forgers, seed, steps, &why),
    }
}

/// Datasets of every sort, and hidden models.
fn beginning() -> Vec<Step> {
    use assay_reference::message::Message;
    use assay_reference::money::{Coin, Denom, Who};
    use assay_reference::{datasets, store};
    let prices = [
        (None, 0),
        (Some(Coin::new(7u8, Denom(0))), 1_000),
        (Some(Coin::new(5u8, Denom(3))), 5_000),
        (Some(Coin::new(3u8, Denom(4))), 333),
        (None, 4_999),
    ];
    let datasets = (0..).zip(prices).map(|(place, (price, royalty_bps))| {
        let register = datasets::Message::Register {
            commitment: 70 + u64::from(place),
            price,
            royalty_bps,
        };
        crate::generate::plain(Who(place), vec![], Message::Datasets(register))
    });
    let models = (0..3u8).map(|place| {
        let register = store::Message::RegisterModel {
            commitment: 60 + u64::from(place),
            is_schema: true,
        };
        crate::generate::plain(Who(place), vec![], Message::Store(register))
    });
    datasets.chain(models).collect()
}

fn fail(forgers: &Rc<Vec<Forger>>, seed: u64, steps: Vec<Step>, why: &str) -> ! {
    let taken = steps.len();
    println!("ASSAY_REFERENCE_SEED={seed} fails after {taken} steps: {why}");
    let (fewer, reason) = shrink(forgers, seed, steps);
    println!("These {} steps fail, too:", fewer.len());
    for step in &fewer {
        println!("  {step:?}");
    }
    panic!("ASSAY_REFERENCE_SEED={seed}: {reason}");
}

/// Runs sequences until so many messages are sent.
fn run_all(messages: u64) -> Coverage {
    let forgers = forgers();
    let mut all = Coverage::default();
    let (first, only) = match variable("ASSAY_REFERENCE_SEED") {
        Some(seed) => (seed, true),
        None => (1, false),
    };
    for seed in first.. {
        match run(&forgers, seed) {
            Ok(coverage) => all.add(&coverage),
            Err((steps, why)) => fail(&forgers, seed, steps, &why),
        }
        if only || all.messages >= messages {
            break;
        }
    }
    all
}

#[test]
fn contracts_and_reference_model_agree_on_every_message() {
    let begun = std::time::Instant::now();
    let messages = variable("ASSAY_REFERENCE_MESSAGES").unwrap_or(100_000);
    let coverage = run_all(messages);
    report(&coverage, begun.elapsed().as_secs_f64());
    if variable("ASSAY_REFERENCE_SEED").is_none() && messages >= ENOUGH {
        check(&coverage);
    }
}

fn report(coverage: &Coverage, seconds: f64) {
    let share = 100 * coverage.accepted() / coverage.messages;
    println!(
        "{} messages in {seconds:.1} s, {share} % accepted",
        coverage.messages
    );
    for (kind, [accepted, refused]) in &coverage.kinds {
        println!("  {kind}: {accepted} accepted, {refused} refused");
    }
    println!("Refused: {:?}", coverage.refusals);
    for (kind, counts) in &coverage.deadlines {
        println!("  {kind} at a deadline, by nanoseconds and blocks: {counts:?}");
    }
    println!("Events: {:?}", coverage.events);
}

/// Says what is missing for the property to say something.
fn check(coverage: &Coverage) {
    assert!(10 * coverage.accepted() >= 4 * coverage.messages);
    let kinds = coverage.kinds.iter();
    let few: Vec<_> = kinds
        .filter(|(_, counts)| counts[0] < 20 || counts[1] < 5)
        .collect();
    assert!(few.is_empty(), "{few:?}");
    let missing: Vec<_> = Refusal::ALL
        .iter()
        .filter(|reason| !coverage.refusals.contains_key(reason))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let missing: Vec<_> = events::ALL
        .iter()
        .filter(|name| coverage.events.get(*name).is_none_or(|&count| count < 5))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(coverage.deadlines.len(), 10);
    for (kind, counts) in &coverage.deadlines {
        let least = counts.as_flattened().iter().min();
        assert!(
            least.is_some_and(|&least| least >= 10),
            "{kind}: {counts:?}"
        );
    }
}
