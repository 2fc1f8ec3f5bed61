/// Texts with their tokens, made with tiktoken 0.12.0 from the rank file of `cl100k_base` (SHA-256 223921b7…b2a7)
/// and the published splitting expression.
enum TokenGoldens {
    struct Case: Sendable {
        var text: String
        var tokens: [Int]

        /// - Parameters:
        ///   - text: the text in pieces.
        ///   - tokens: the tokens, separated by white space.
        init(_ text: String..., tokens: String) {
            self.text = text.joined()
            self.tokens = tokens.split { $0 == " " || $0 == "\n" }.compactMap { Int($0) }
        }
    }

    static let cases: [Case] = [
        Case(
            "",
            tokens: """

                """),
        Case(
            "a",
            tokens: """
                64
                """),
        Case(
            "hello",
            tokens: """
                15339
                """),
        Case(
            "Hello, world!",
            tokens: """
                9906 11 1917 0
                """),
        Case(
            "The quick brown fox jumps over",
            " the lazy dog.",
            tokens: """
                791 4062 14198 39935 35308 927 279 16053 5679 13
                """),
        Case(
            "don't I'LL we've he'd you're I",
            "'m it'S 'tis",
            tokens: """
                15357 956 358 6 4178 584 3077 568 4265 499 2351 358 2846 433 13575 364 83 285
                """),
        Case(
            "  leading spaces",
            tokens: """
                220 6522 12908
                """),
        Case(
            "trailing spaces   ",
            tokens: """
                376 14612 12908 262
                """),
        Case(
            "tabs\u{9}and\u{9}\u{9}tabs",
            tokens: """
                32093 53577 197 3324 3518
                """),
        Case(
            "line\u{A}breaks\u{D}\u{A}and\u{A}\u{A}\u{A}more",
            tokens: """
                1074 198 9137 82 319 438 1432 6518
                """),
        Case(
            "line end \u{A}  ",
            tokens: """
                1074 842 720 256
                """),
        Case(
            "\u{A}",
            tokens: """
                198
                """),
        Case(
            "   \u{A} \u{A} x",
            tokens: """
                5996 720 865
                """),
        Case(
            "12345678 3.14159 1,000,000",
            tokens: """
                4513 10961 2495 220 18 13 9335 2946 220 16 11 931 11 931
                """),
        Case(
            "Größenänderung Straßenbahnhalt",
            "estelle",
            tokens: """
                6600 3029 27922 58496 2234 27745 27922 65 30660 12130 1985 6853
                """),
        Case(
            "Übung macht den Meister \u{2013} \u{201E}ja\u{201C}",
            ", sagte sie.",
            tokens: """
                53591 84692 53649 3453 2206 1601 1389 15179 5697 51786 86489 10112 13
                """),
        Case(
            "Привет, мир! Как дела?",
            tokens: """
                54745 28089 8341 11 11562 78746 0 36479 16248 95369 1506 30
                """),
        Case(
            "Γειά σου Κόσμε",
            tokens: """
                138 241 31243 30862 75234 48823 73986 8008 248 76295 45028 44223 31243
                """),
        Case(
            "中文分词是一个有趣的问题\u{3002}",
            tokens: """
                16325 17161 17620 6744 235 21043 48044 19361 50266 96 9554 87219 1811
                """),
        Case(
            "日本語の文章を書きます\u{3002}カタカナも\u{3002}",
            tokens: """
                9080 22656 45918 252 16144 83125 30512 27552 116 50834 33541 1811 71493 47307 71493 96452
                32977 1811
                """),
        Case(
            "한국어 문장입니다.",
            tokens: """
                24486 89059 255 32179 54535 41953 80052 13
                """),
        Case(
            "\u{645}\u{631}\u{62D}\u{628}\u{627} \u{628}\u{627}\u{644}\u{639}\u{627}\u{644}\u{645}",
            tokens: """
                10386 11318 30925 22071 5821 28946 32482 24102 32482 10386
                """),
        Case(
            "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{5E2}\u{5D5}\u{5DC}\u{5DD}",
            tokens: """
                59511 50391 37769 251 17732 95 37769 250 147 251
                """),
        Case(
            "emoji \u{1F600}\u{1F44D}\u{1F3FD} family \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
            tokens: """
                38623 91416 9468 239 235 9468 237 121 3070 62904 101 378 235 9468 239 102 378 235 9468 239
                100
                """),
        Case(
            "func main() { return x[0] ?? n",
            "il }",
            tokens: """
                2900 1925 368 314 471 865 58 15 60 9602 2139 335
                """),
        Case(
            "{\"key\": [1, 2.5, null], \"b\": \"",
            "\\u00e9\"}",
            tokens: """
                5018 798 794 510 16 11 220 17 13 20 11 854 1145 330 65 794 2990 84 410 68 24 9388
                """),
        Case(
            "https://example.com/path?q=1&r",
            "=%20#frag",
            tokens: """
                2485 1129 8858 916 52076 44882 28 16 61717 8003 508 2 34298
                """),
        Case(
            "<|endoftext|> is text",
            tokens: """
                27 91 8862 728 428 91 29 374 1495
                """),
        Case(
            "snake_case camelCase PascalCas",
            "e SCREAMING_CASE",
            tokens: """
                73239 19640 50252 4301 58459 4301 7683 16294 1753 29640
                """),
        Case(
            "==========-----*****",
            tokens: """
                44356 15431 18778
                """),
        Case(
            "naïve café résumé",
            tokens: """
                3458 38672 588 53050 9517 1264 978
                """),
        Case(
            "\u{BD} \u{B2} \u{2167} \u{663}\u{664}\u{665}",
            tokens: """
                27154 220 30556 220 71567 100 220 149 96 149 97 149 98
                """),
        Case(
            "a\u{A0}b\u{3000}c",
            tokens: """
                64 4194 65 23249 66
                """),
        Case(
            "e\u{301} combining",
            tokens: """
                68 54939 35271
                """),
        Case(
            "\u{200B}zero width",
            tokens: """
                16067 14486 2430
                """),
        Case(
            "if (a<=b&&c!=d) {\u{A}\u{9}return;\u{A}}\u{A}",
            tokens: """
                333 320 64 8367 65 7827 66 5947 67 8 341 862 280 534
                """),
        Case(
            "MiXeD 'LLama 'real 'sure",
            tokens: """
                42987 55 68 35 364 4178 3105 364 8110 364 19643
                """),
        Case(
            "\u{1D4B3}\u{1D4B4} mathematical",
            tokens: """
                57352 240 111 57352 240 112 37072
                """),
        Case(
            "supercalifragilisticexpialidoc",
            "ious antidisestablishmentarian",
            "ism",
            tokens: """
                13066 3035 278 333 4193 321 4633 4683 532 307 78287 3276 85342 34500 479 8997 2191
                """),
        Case(
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "aaaaaaaaa",
            tokens: """
                70540 70540 70540 70540 70540 70540 70540 70540 70540 70540 70540 70540 33746
                """),
        Case(
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "xxxxxxxxxxyzyzyzyzyzyzyzyzyzyz",
            "yzyzyzyzyzyzyzyzyzyzyzyzyzyzyz",
            "yzyzyzyzyzyzyzyzyzyzyzyzyzyzyz",
            tokens: """
                45202 45202 45202 45202 45202 45202 45202 45202 19023 87 4223 4341 4341 4341 4341 4341
                4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341
                4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 4341 89
                """),
        Case(
            "zażółć gęślą jaźń",
            tokens: """
                4458 6077 48492 7886 342 5267 7545 75 5985 12203 40611 19699
                """),
        Case(
            "\u{0}\u{1}\u{7F} control",
            tokens: """
                188 189 221 2585
                """),
        Case(
            "?!?! ... --- ;;; \u{A}\u{A}  * bullet",
            tokens: """
                27074 27074 2564 12730 2652 6911 4815 220 353 17889
                """),
    ]
}
