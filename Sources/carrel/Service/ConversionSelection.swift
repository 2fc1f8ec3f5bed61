import ProviderHTTP
import Documents
import Logging

/// What uploaded files are converted with, as the settings have it.
struct ConversionSelection {
    let settings: Settings

    /// - Parameter client: for the transcription service.
    func tools(_ client: ProviderClient, _ logger: Logger) -> ConversionTools {
        var tools = ConversionTools(simultaneous: settings.integer("CARREL_CONVERSIONS"))
        tools.languages = ConversionTools.languages(settings.text("TARGET_OCR_LANG"))
        tools.detectsEncodings = settings.text("CARREL_DETECT_ENCODING") == "on"
        tools.limits.seconds = settings.integer("CARREL_CONVERSION_SECONDS")
        tools.limits.recognitionSeconds = settings.integer("CARREL_OCR_SECONDS")
        tools.limits.memory = settings.integer("CARREL_CONVERSION_MEMORY_MB") << 20
        tools.limits.output = settings.integer("CARREL_CONVERSION_OUTPUT_MB") << 20
        tools.limits.pages = settings.integer("CARREL_CONVERSION_PAGES")
        tools.transcriber = Transcription.transcriber(setting: { settings[$0] }, httpClient: client)
        if Isolation.landlockVersion == 0 {
            logger.warning(
                """
                this kernel has no Landlock: converter programs can still write nothing and reach no network, but they \
                can read whatever the server's user can read
                """)
        }
        return tools
    }
}
