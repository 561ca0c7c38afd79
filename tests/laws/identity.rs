//! Writing a rulebook and reading it again gives the same rulebook, in one way only.

use crate::cases;
use crate::random::standard;
use duibiao::author::compile;
use duibiao::digest::digest;
use duibiao::rulebook::Rulebook;
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(100))]
    #[test]
    fn what_is_written_is_read(sample in standard()) {
        let bytes = sample.rulebook.to_bytes();
        let read = Rulebook::from_bytes(&bytes).unwrap();
        prop_assert_eq!(&read, &sample.rulebook);
        prop_assert_eq!(&read.to_bytes(), &bytes);
        // And the same rules, compiled again, are the same bytes.
        let again = compile(&sample.files).unwrap().rulebook.to_bytes();
        prop_assert_eq!(digest(&again), digest(&bytes));
        // A part of it is no rulebook.
        for end in [bytes.len() - 1, bytes.len() / 2] {
            prop_assert!(Rulebook::from_bytes(&bytes[..end]).is_err());
        }
    }
}
