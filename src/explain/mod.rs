//! Explaining: why a finding is what it is, and what would pass.

pub mod branches;
pub mod fixes;
pub mod reason;
pub mod turning;
