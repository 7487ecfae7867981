//! Messages about jobs.

use assay_reference::Model;
use assay_reference::jobs::{Message, Posting, Slot, SlotId, State, Terms};
use assay_reference::message::{self, Name, Step};
use assay_reference::money::{Amount, Coin, Denom, Who};
use assay_reference::proof::CircuitId;
use assay_reference::time::Window;

use super::Generator;
use crate::accounts::CONTRACTS;

/// A message's kind.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Post,
    Accept,
    PublishKey,
    Release,
    Start,
    Deliver,
    Cancel,
    Expire,
    TopUp,
    Extend,
    Withdraw,
}

impl Generator {
    pub(super) fn about_jobs(&mut self, model: &Model) -> Step {
        let live = model.jobs.slots();
        let live = live.filter(|(_, _, slot)| slot.deadline().is_some());
        let posts = if live.count() < 40 { 12 } else { 2 };
        let kind = self.dice.weighted(&[
            (posts, Kind::Post),
            (18, Kind::Accept),
            (5, Kind::PublishKey),
            (3, Kind::Release),
            (15, Kind::Start),
            (6, Kind::Deliver),
            (3, Kind::Cancel),
            (6, Kind::Expire),
            (6, Kind::TopUp),
            (6, Kind::Extend),
            (6, Kind::Withdraw),
        ]);
        match kind {
            Kind::Post => self.post(model),
            Kind::Withdraw => self.withdraw_from_jobs(model),
            kind => match self.slot_for(model, kind) {
                Some(slot) => self.about_slot(model, kind, slot),
                None => self.post(model),
            },
        }
    }

    /// A slot that a message makes sense for; now and then any, or none that there is.
    fn slot_for(&mut self, model: &Model, kind: Kind) -> Option<SlotId> {
        let jobs = model.jobs.jobs.len() as u64;
        if self.dice.below(100) == 0 {
            return Some((self.dice.below(jobs + 2), 20));
        }
        let is_any = self.dice.chance(6);
        let now = model.world.now;
        let makes_sense = |slot: &Slot| match (kind, &slot.state) {
            (Kind::Accept, State::Open) => !now.is_past(&slot.acceptance),
            (Kind::PublishKey, State::Accepted { .. } | State::Started { .. }) => true,
            (Kind::Cancel, State::Open) => true,
            (Kind::Start, State::Accepted { deadline, .. }) => !now.is_past(deadline),
            (Kind::Release, State::Accepted { .. }) => true,
            (Kind::Deliver, State::Started { deadline, .. }) => !now.is_past(deadline),
            (Kind::Expire, State::Started { deadline, .. }) => now.is_past(deadline),
            (Kind::TopUp | Kind::Extend, _) => slot.deadline().is_some(),
            _ => false,
        };
        let slots = model.jobs.slots();
        let slots = slots.filter(|(_, _, slot)| is_any || makes_sense(slot));
        let slots: Vec<(SlotId, bool)> = slots
            .map(|(id, _, slot)| (id, slot.reward.bits() > 240))
            .collect();
        // Those that are worth a great deal are to get somewhere.
        let is_great = slots.iter().any(|(_, is_great)| *is_great) && self.dice.chance(30);
        let ids = slots.iter().filter(|(_, great)| *great || !is_great);
        let ids: Vec<SlotId> = ids.map(|(id, _)| *id).collect();
        self.dice.pick(&ids).copied()
    }

    fn about_slot(&mut self, model: &Model, kind: Kind, id: SlotId) -> Step {
        let anybody = self.person();
        let Some((terms, slot)) = model.jobs.slot(id) else {
            return self.unpaid(anybody, message::Message::Jobs(Message::Expire(id)));
        };
        let worker = match &slot.state {
            State::Accepted { worker, .. } | State::Started { worker, .. } => *worker,
            _ => anybody,
        };
        let mostly = |dice: &mut super::Dice, percent, who| match dice.chance(percent) {
            true => who,
            false => anybody,
        };
        let (sender, message) = match kind {
            Kind::Accept => return self.accept(model, id, terms, slot),
            Kind::TopUp => return self.top_up(model, id, terms),
            Kind::Deliver => return self.deliver(model, id, terms, worker),
            Kind::Start => {
                let (slot, payee) = (id, self.named(CONTRACTS.jobs));
                let sender = mostly(&mut self.dice, 92, worker);
                (sender, Message::Start { slot, payee })
            }
            Kind::PublishKey => {
                let (slot, key) = (id, self.key());
                let sender = mostly(&mut self.dice, 92, worker);
                (sender, Message::PublishKey { slot, key })
            }
            Kind::Release => {
                let party = *self
                    .dice
                    .pick(&[terms.requester, worker])
                    .unwrap_or(&worker);
                (mostly(&mut self.dice, 70, party), Message::Release(id))
            }
            Kind::Cancel => {
                let sender = mostly(&mut self.dice, 60, terms.requester);
                (sender, Message::Cancel(id))
            }
            Kind::Extend => {
                let window = self.extension(model, slot);
                let sender = mostly(&mut self.dice, 92, terms.requester);
                (sender, Message::Extend { slot: id, window })
            }
            Kind::Expire | Kind::Post | Kind::Withdraw => (anybody, Message::Expire(id)),
        };
        self.unpaid(sender, message::Message::Jobs(message))
    }

    fn post(&mut self, model: &Model) -> Step {
        let sender = self.person();
        let datasets = model.datasets.count();
        let beyond = u64::from(self.dice.chance(3));
        let dataset = 1 + self.dice.below(datasets + beyond);
        let found = model.datasets.get(dataset);
        let mut price = found.and_then(|dataset| dataset.price.clone());
        let mut denom = self.denom();
        if let Some(price) = &price
            && (model.world.token(price.denom).is_some() || model.world.token(denom).is_some())
            && self.dice.chance(90)
        {
            denom = price.denom;
        }
        let mut royalty_bps = found.map_or(0, |dataset| dataset.royalty_bps);
        if self.dice.chance(3) {
            royalty_bps = *self.dice.pick(&[0, 1, 333, 5_000]).unwrap_or(&0);
        }
        if self.dice.chance(3) {
            price = Some(Coin::new(self.amount(), self.denom()));
        }
        let circuits = [(12, 0), (12, 1), (1, 2), (1, 200)];
        let circuit = CircuitId(self.dice.weighted(&circuits));
        let mut posting = Posting {
            dataset,
            circuit,
            slots: self
                .dice
                .weighted(&[(20, 1), (12, 2), (6, 3), (1, 16), (1, 0), (1, 17)]),
            reward: Coin::new(self.amount(), denom),
            bond: Coin::new(self.bond(), self.denom()),
            price,
            royalty_bps,
            worker: self.dice.chance(25).then(|| Name::Of(self.person())),
            windows: [self.window(), self.window(), self.window()],
            requester: self.named(CONTRACTS.jobs),
            refund_to: self.named(CONTRACTS.jobs),
        };
        if sender == Who(0) && denom == Denom(2) && self.dice.chance(60) {
            posting.reward.amount = Amount::from(3u8) << (243 + self.dice.below(5));
        }
        if self.dice.below(80) == 0 {
            posting.reward.amount = Amount::from(1u8) << 255;
            posting.slots = 2;
            let post = message::Message::Jobs(Message::Post(posting));
            return self.unpaid(sender, post);
        }
        self.spoil(&mut posting);
        let each = core::iter::once(&posting.reward).chain(&posting.price);
        let coins = each.map(|coin| coin.times(posting.slots.into()));
        let coins = assay_reference::money::sum(coins);
        let coins = coins
            .into_iter()
            .map(|(denom, amount)| Coin::new(amount, denom));
        let coins = coins.collect();
        self.paid(
            model,
            sender,
            coins,
            message::Message::Jobs(Message::Post(posting)),
        )
    }

    fn bond(&mut self) -> Amount {
        match self.dice.chance(30) {
            true => Amount::ZERO,
            false => self.amount(),
        }
    }

    /// Now and then a denomination that is none, and a name that is none.
    fn spoil(&mut self, posting: &mut Posting) {
        let nonsense = Denom(7 + self.dice.below(6) as u8);
        match self.dice.below(120) {
            0 => posting.reward.denom = nonsense,
            1 => posting.bond.denom = nonsense,
            2 => posting.worker = Some(Name::Nonsense),
            3 => posting.requester = Some(Name::Of(CONTRACTS.jobs)),
            _ => {}
        }
    }

    fn accept(&mut self, model: &Model, id: SlotId, terms: &Terms, slot: &Slot) -> Step {
        let mut sender = self.person();
        if let Some(worker) = terms.worker.filter(|_| self.dice.chance(95)) {
            sender = worker;
        } else if slot.excluded.contains(&sender) && self.dice.chance(80) {
            sender = self.person();
        }
        let accept = Message::Accept(id);
        let bond = vec![terms.bond.clone()];
        self.paid(model, sender, bond, message::Message::Jobs(accept))
    }

    /// Now and then one that isn't.
    fn key(&mut self) -> String {
        match self.dice.below(12) {
            0..10 => "age1recipient".into(),
            10 => "x".repeat(self.dice.below(2) as usize * 128),
            _ => format!("{}y", ["a b", "ä", ""][self.dice.below(3) as usize]),
        }
    }

    fn top_up(&mut self, model: &Model, id: SlotId, terms: &Terms) -> Step {
        let coins = vec![Coin::new(self.amount(), terms.reward.denom)];
        let sender = self.person();
        let message = message::Message::Jobs(Message::TopUp(id));
        self.paid(model, sender, coins, message)
    }

    /// Mostly later than the deadline, and else about as late.
    fn extension(&mut self, model: &Model, slot: &Slot) -> Window {
        let Some(deadline) = slot.deadline() else {
            return self.window();
        };
        let now = model.world.now;
        let left = deadline.nanos.saturating_sub(now.nanos) / 1_000_000_000;
        let blocks = deadline.height.saturating_sub(now.height) as u64;
        let late = 1 + self.dice.below(400);
        match self.dice.below(10) {
            0 => self.window(),
            1 => Window {
                seconds: left as u64 + 1,
                blocks: (blocks + self.dice.below(3)).saturating_sub(1),
            },
            _ => {
                let seconds = left as u64 + 1 + late;
                let least = blocks + 1 + late / 6;
                let blocks = least.clamp(seconds.div_ceil(60), 4 * seconds);
                Window { seconds, blocks }
            }
        }
    }

    fn withdraw_from_jobs(&mut self, model: &Model) -> Step {
        let (sender, denom, owner, to) = self.withdrawal(&model.jobs.credits, CONTRACTS.jobs);
        let withdraw = Message::Withdraw { denom, owner, to };
        self.unpaid(sender, message::Message::Jobs(withdraw))
    }
}
