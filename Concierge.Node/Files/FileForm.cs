using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Concierge.Node.Files;

/// <summary>Reads the files out of a multipart form as it arrives; nothing is kept. Other fields are skipped.</summary>
internal sealed class FileForm
{
    /// <summary>So many parts a form may have.</summary>
    public const int MaxSections = 1024;

    private const int MaxFieldBytes = 64 * 1024;
    private const int MaxBoundaryLength = 70; // RFC 2046, section 5.1.1
    private readonly MultipartReader _reader;
    private int _sections;

    private FileForm(MultipartReader reader) => _reader = reader;

    /// <summary>Opens a request's body.</summary>
    /// <exception cref="RefusedException">It is no multipart form (415).</exception>
    public static FileForm Open(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= MaxBoundaryLength } boundary)
        {
            throw new RefusedException(
                StatusCodes.Status415UnsupportedMediaType, "The body must be a multipart/form-data form with a boundary.");
        }

        return new FileForm(new MultipartReader(boundary.ToString(), request.Body, bufferSize: 64 * 1024)
        {
            HeadersCountLimit = 16,
            HeadersLengthLimit = 8 * 1024,
        });
    }

    /// <summary>The next file, or null after the last. The one before must not be read any more.</summary>
    /// <exception cref="RefusedException">The form has too much in it (413).</exception>
    /// <exception cref="InvalidDataException">It is not well-formed.</exception>
    /// <exception cref="IOException">It ends early.</exception>
    public async Task<FormFile?> NextAsync(CancellationToken cancellation)
    {
        while (await _reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (++_sections > MaxSections)
                throw new RefusedException(StatusCodes.Status413PayloadTooLarge, $"The form has more than {MaxSections} parts.");
            if (FileNameOf(section) is { Length: > 0 } name) return new FormFile(name, section.Body);
            await SkipFieldAsync(section.Body, cancellation);
        }

        return null;
    }

    private static string? FileNameOf(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) return null;
        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        return HeaderUtilities.RemoveQuotes(name).Value;
    }

    private static async Task SkipFieldAsync(Stream body, CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        var length = 0;
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            length += read;
            if (length > MaxFieldBytes)
                throw new RefusedException(
                    StatusCodes.Status413PayloadTooLarge, $"The form has a field that is no file and longer than {MaxFieldBytes} bytes.");
        }
    }
}

/// <summary>A file in a form.</summary>
/// <param name="Name">Its own name, as sent and unchecked.</param>
/// <param name="Content">Its bytes; read once, before the next file is asked for.</param>
internal readonly record struct FormFile(string Name, Stream Content);
