#if NET
using System.Runtime.CompilerServices;

// The cmdlets are compiled against the portable build, whose init setters are marked with its own IsExternalInit (below). The fast
// build takes its place at run time and must be found to have the same setters.
[assembly: TypeForwardedTo(typeof(IsExternalInit))]
#else
#pragma warning disable IDE0130 // the compiler looks for it in exactly this namespace
namespace System.Runtime.CompilerServices;

/// <summary>What the compiler marks init-only setters with; the portable framework lacks it.</summary>
public static class IsExternalInit
{
}
#endif
