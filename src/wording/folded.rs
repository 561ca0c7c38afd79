//! What a formula asks of every key of a field alike, told once: `各区中心（天宁区、…）均 ≥ 1`.

use super::formula::Writer;
use crate::rulebook::{Constant, Field, Id, Node};

/// As many keys are named; more are told by the first where the field has no others.
const MOST_KEYS: usize = 2;

impl Writer<'_> {
    /// While one part stands for all, the name of a field without the key.
    pub fn without_key(&self, slot: u32) -> Option<String> {
        let (field, key) = self.rulebook.field_of(slot)?;
        key?;
        self.folded.borrow_mut().as_mut()?.push(slot);
        Some(field.label.clone())
    }

    /// The conditions of a count, which is a sum of ones and zeros.
    pub fn counted(&self, id: Id) -> Option<Vec<Id>> {
        let node = |id: Id| self.rulebook.graph.node(id);
        let number = |id: Id| match node(id) {
            Some(Node::Constant(Constant::Number(number))) => number.to_i64(),
            _ => None,
        };
        let Some(Node::Total(parts)) = node(id) else {
            return None;
        };
        let condition = |part: &Id| match node(*part) {
            Some(Node::When(condition, one, none)) => {
                ((number(*one), number(*none)) == (Some(1), Some(0))).then_some(*condition)
            }
            _ => None,
        };
        parts.iter().map(condition).collect()
    }

    /// Of parts that are alike but for the key they are about: whom they are about, and what
    /// they say, where that is more than the name of the field.
    pub fn fold(&self, list: &[Id], depth: usize) -> Option<(String, String)> {
        if list.len() < 2 || self.folded.borrow().is_some() {
            return None;
        }
        let left = self.left.get();
        let folded = self.alike(list, depth);
        self.folded.replace(None);
        if folded.is_none() {
            self.left.set(left);
        }
        folded
    }

    fn alike(&self, list: &[Id], depth: usize) -> Option<(String, String)> {
        let mut same: Option<String> = None;
        let mut keys: Vec<&str> = Vec::new();
        let mut of = None;
        for part in list {
            self.folded.replace(Some(Vec::new()));
            let text = self.write(*part, false, depth + 1);
            let slots = self.folded.take().unwrap_or_default();
            let mut slots = slots.into_iter().map(|slot| self.rulebook.field_of(slot));
            let (field, key) = slots.next()??;
            let one = |other| matches!(other, Some((_, Some(own))) if Some(own) == key);
            if !slots.all(one) || same.get_or_insert_with(|| text.clone()) != &text {
                return None;
            }
            keys.push(key?);
            of = Some(field);
        }
        let (field, same): (&Field, String) = (of?, same?);
        let named = match (keys.first(), keys.len() == field.keys.len()) {
            (Some(first), true) if keys.len() > MOST_KEYS => [first, "、…"].concat(),
            _ => keys.join("、"),
        };
        // The name of the field comes first where it is compared, or all there is.
        let compared = same.strip_prefix(&field.label).filter(|what| {
            let signs = ["≥", ">", "≤", "<", "=", "≠"];
            what.is_empty() || signs.iter().any(|sign| what.trim_start().starts_with(sign))
        });
        Some(match compared {
            Some(what) => ([&field.label, "（", &named, "）"].concat(), what.into()),
            None => (["各（", &named, "）"].concat(), ["：", &same].concat()),
        })
    }
}
