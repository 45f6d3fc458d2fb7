using System;
using System.IO;
using System.Management.Automation;
using GmmTools.Classification;

namespace GmmTools.Binding.Models;

/// <summary>Takes the path of a file of Export-GaussianMixture for the model in it. What is wrong with the file is told later, by
/// <see cref="ModelArgument"/>: the engine puts its own error id over whatever is told here.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ModelFromFileAttribute : ArgumentTransformationAttribute
{
    private const string Extension = ".json";
    private const string FileSystem = "FileSystem";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        string? path = Bare.Of(inputData) switch
        {
            FileInfo file => file.FullName,
            string text when text.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) => Find(engineIntrinsics.SessionState, text),
            _ => null,
        };
        if (path is null || !path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || !File.Exists(path))
        {
            return inputData;
        }

        try
        {
            return ClassifierFile.Load(path);
        }
        catch (Exception exception) when (ErrorRecords.TryCreate(exception) is not null)
        {
            return new ModelFileFailure(exception);
        }
    }

    private static string? Find(SessionState session, string text)
    {
        try
        {
            string path = session.Path.GetUnresolvedProviderPathFromPSPath(text, out ProviderInfo provider, out _);
            return provider.Name == FileSystem ? path : null;
        }
        catch (RuntimeException)
        {
            // no path, and so no model either
            return null;
        }
    }
}
