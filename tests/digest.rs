//! Both digests: the vectors of the standards, and the same as other implementations on anything else.

use duibiao::digest::{digest, sha256, sm3};
use sha2::Digest as _;

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes without any order, the same each time.
fn noise(length: usize, mut seed: u32) -> Vec<u8> {
    let next = |_| {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        seed as u8
    };
    (0..length).map(next).collect()
}

#[test]
#[rustfmt::skip]
fn the_vectors_of_the_standards() {
    let long = b"abcd".repeat(16);
    let million = vec![b'a'; 1_000_000];
    // FIPS 180-4 with NIST's examples; GB/T 32905-2016, annex A, and the empty message.
    for (message, expected) in [
        (&b""[..], "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (b"abc", "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "sha256:248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        (b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", "sha256:cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"),
        (&million, "sha256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        (b"", "sm3:1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"),
        (b"abc", "sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (&long, "sm3:debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ] {
        let found = if expected.starts_with("sm3") { sm3(message) } else { sha256(message) };
        assert_eq!(found, expected, "of {} bytes", message.len());
    }
}

#[test]
fn the_same_as_other_implementations() {
    for length in 0..=300 {
        let message = noise(length, 0x9e37_79b9 + length as u32);
        let one = format!("sha256:{}", hexadecimal(&sha2::Sha256::digest(&message)));
        let two = format!("sm3:{}", hexadecimal(&sm3::Sm3::digest(&message)));
        assert_eq!(digest(&message), format!("{one} {two}"), "{length} bytes");
    }
    let large = noise(1_000_003, 7);
    assert_eq!(
        sha256(&large),
        format!("sha256:{}", hexadecimal(&sha2::Sha256::digest(&large)))
    );
    assert_eq!(
        sm3(&large),
        format!("sm3:{}", hexadecimal(&sm3::Sm3::digest(&large)))
    );
}
